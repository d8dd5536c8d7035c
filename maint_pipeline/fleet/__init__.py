"""Many databases: the registry that names them, and what is asked or done of all of them.

What is done in one database belongs to the other rooms; here it is only decided in which.
"""
