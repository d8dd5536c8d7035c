"""Security alerts: what is open, and resolving it. It doesn't know Dagster.

How findings become alerts, and when alerts resolve by themselves, is decided in the database
(database/sql/30_alerts.sql), so that SQL callers and jobs share it.
"""

SEVERITIES = ("critical", "high", "medium", "low")
"""Of alerts and findings, the gravest first."""
