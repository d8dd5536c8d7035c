"""`python -m maint_pipeline.cli`, the same as `maint`."""

from maint_pipeline.cli import main

main()
