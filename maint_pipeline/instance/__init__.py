"""Everything that knows Dagster's insides: its home, history, launching, daemon and web server."""
