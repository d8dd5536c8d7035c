"""Advice: which indexes, policies and settings would save work, found without touching production.

What leaves the database is its schema and its planner's statistics; they go to a what-if server, a
scratch server of the same major version without a row. `target` reads the database, `what_if`
makes the server, `hypothetical` the indexes that are tried, `planner` asks for plans as the roles
that run the queries, `workload` says which queries those are.
"""
