"""Security alerts: what is open, and resolving it. It doesn't know Dagster.

How findings become alerts, and when alerts resolve automatically, is decided in the database
(database/sql/30_alerts.sql), so that SQL callers and jobs share it.
"""

SEVERITIES = ("critical", "high", "medium", "low")
"""The severities of alerts and findings, most severe first."""
