"""What `maint doctor` checks: one function for each check, none of which changes anything."""
