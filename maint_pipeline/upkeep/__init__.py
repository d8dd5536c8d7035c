"""What a database administrator does by hand at night: visiting tables before it is urgent.

Which tables are due is asked of the catalog each time, so a run that was stopped is resumed by the
next one, and nothing has to be remembered.
"""
