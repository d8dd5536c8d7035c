"""The check catalogue, and what runs it.

One .sql file is one check: a commented header, then a query that returns one row for each problem
it sees. Findings become alerts in `maint.sync_alerts` (database/sql/30_alerts.sql).
"""
