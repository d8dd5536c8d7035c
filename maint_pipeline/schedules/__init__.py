"""When tasks run by themselves: their schedules, and the maintenance windows that bind them."""
