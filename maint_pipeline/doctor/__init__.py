"""What `maint doctor` examines: one function an examination, each of which changes nothing."""
