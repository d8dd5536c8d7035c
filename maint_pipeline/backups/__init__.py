"""The server's own backups: where they are, how old, and proof that they restore.

Backups of single organizations (`backup_runs`) are the checks' business. It doesn't know Dagster.
"""
