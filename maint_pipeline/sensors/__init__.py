"""What reacts between schedules: backups and task runs that fail, lost runs, alert delivery."""
