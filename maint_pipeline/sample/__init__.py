"""The sample application: its tables and believable data, for a first look and for tests.

It is an application to be maintained, no part of the product: `maint migrate` never touches a file
of this folder.
"""

from maint_pipeline.sample.load import (
    SampleSummary,
    add_audit_logs,
    create_sample_application,
    load_sample_data,
)

__all__ = ["SampleSummary", "add_audit_logs", "create_sample_application", "load_sample_data"]
