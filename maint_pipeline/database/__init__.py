"""Everything about PostgreSQL itself: connections, the embedded server, migrations, SQL functions.

What the functions are used for (purging, checking, alerting) lives in the rooms of those names.
"""
