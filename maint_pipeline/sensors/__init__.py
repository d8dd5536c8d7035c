"""What reacts between schedules: failed backups, and task runs whose worker was lost."""
