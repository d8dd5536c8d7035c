"""What maint_owner may do with the application's tables: the list that others are compared with.

80_application_grants.sql and 95_row_security.sql give these, adoption.py names what can't be given,
docs/administrator.md lists them; tests/integration/test_additions.py holds all of them to this.
"""

from __future__ import annotations

READS = ("select",)
"""On every table that is a source, and on views and the like."""

PURGES = (*READS, "delete", "update")
"""On the audit log; UPDATE of one column, which is enough to skip locked rows."""

RECORDS = (*READS, "insert", "update")
"""On the ledger."""

RAISES = (*READS, "insert", "update", "delete")
"""On the application's alerts, where ours may go there."""

VACUUMS = "maintain"
"""On what is purged, from PostgreSQL 17 on."""

POLICIES = {
    "maint_owner_works": "maint_owner sees every row, where it can't have BYPASSRLS",
    "maint_admins_read": "administrators read",
    "maint_service_role_reads": "service_role reads",
    "maint_admins_only": "a policy of the application shows the ledger to nobody else",
}
"""Our policies by name, and what each is for: all four on the ledger, of the others none."""
