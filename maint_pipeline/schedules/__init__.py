"""When tasks run automatically: their schedules, and the maintenance windows that apply to them."""
