"""The databases of a fleet: which there are, and how each is reached.

What is done in one database belongs to the other rooms.
"""
