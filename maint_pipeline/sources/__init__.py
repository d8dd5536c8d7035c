"""Which relation of the application plays which part: the audit log, the organizations, and so on.

The rules are SQL: database/sql/17_sources.sql to 19_source_rules.sql. It doesn't know Dagster.
"""
