"""Retention: policies, and the purge that applies them. It doesn't know Dagster."""
