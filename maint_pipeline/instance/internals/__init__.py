"""All that maint_pipeline uses of Dagster's private parts; nothing outside of this room does.

Our own code location, daemon and web server use it. What `maintenance_definitions` gives to others
never imports it. tests/unit/test_dagster_internals.py fails when Dagster changes them.
"""
