"""Maintenance for PostgreSQL applications, run and recorded by Dagster."""
