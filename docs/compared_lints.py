"""Which check finds what a lint of Supabase's linter finds, what else, and why it differs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lint:
    """The checks that see the same as one lint.

    `beyond` is what they see besides, `differs` why they answer otherwise at points of its file,
    and `role` the only object to compare, where one check has a finding for each role.
    """

    checks: tuple[str, ...]
    beyond: str = ""
    differs: str = ""
    role: str = ""


LINTS = {
    "0001_unindexed_foreign_keys": Lint(
        ("foreign_key_without_index",),
        "a partial index is no cover",
        "an index whose first columns are those of the key in another order serves the lookups of "
        "a foreign key as well: each compares all columns by equality",
    ),
    "0002_auth_users_exposed": Lint(
        ("auth_users_exposed",),
        "through other views; direct grants; not where the view shows users their own row",
        "a view with its reader's rights shows nothing to a role that has no right to select from "
        "auth.users: the query fails; where the role has it, it is reported",
    ),
    "0003_auth_rls_initplan": Lint(
        ("policy_evaluated_per_row",),
        "the policy as it should be written; policies of storage",
        "a policy for inserts is asked once for each row written, and writing that costs more",
    ),
    "0004_no_primary_key": Lint(("table_without_primary_key",), "partitioned tables"),
    "0005_unused_index": Lint(
        ("unused_index",),
        "",
        "an index is reported after 30 days of watching it and from 10 MB on; the lint reports it "
        "in the second after its creation",
    ),
    "0006_multiple_permissive_policies": Lint(
        ("several_permissive_policies",), "policies for everybody count for each role"
    ),
    "0007_policy_exists_rls_disabled": Lint(("policies_without_row_security",)),
    "0008_rls_enabled_no_policy": Lint(
        ("row_security_without_policy",), "only where the table is granted to somebody"
    ),
    "0009_duplicate_index": Lint(
        ("duplicate_indexes",),
        "prefixes of longer indexes, plain ones beside unique ones",
        "an index on the column of the primary key is one too many, although it is not the same",
    ),
    "0010_security_definer_view": Lint(
        ("view_bypasses_row_security", "view_shows_private_table"),
        "through other views; tables without row level security that the reader may not read",
        "a view that reads no table (select 1) gives nobody any right",
    ),
    "0011_function_search_path_mutable": Lint(
        ("function_search_path", "definer_function_search_path"),
        "SECURITY DEFINER apart; procedures; what the path should be",
        "a body without any name that lacks its schema (select 1) means the same with every path",
    ),
    "0013_rls_disabled_in_public": Lint(("row_security_off",), "grants on single columns"),
    "0014_extension_in_public": Lint(("extension_in_public",), "every exposed schema"),
    "0015_rls_references_user_metadata": Lint(
        ("policy_trusts_user_metadata",), "in functions that the policy calls"
    ),
    "0016_materialized_view_in_api": Lint(("materialized_view_exposed",)),
    "0017_foreign_table_in_api": Lint(("foreign_table_exposed",), "rights to write"),
    "0018_unsupported_reg_types": Lint(("type_hinders_upgrade",)),
    "0019_insecure_queue_exposed_in_api": Lint(("queue_exposed",)),
    "0020_table_bloat": Lint(
        ("table_bloated",),
        "a table of 63 MB with 95% dead space; tables that our role may not read",
    ),
    "0021_fkey_to_auth_unique": Lint(("foreign_key_to_unique_of_auth",)),
    "0022_extension_versions_outdated": Lint(("extension_outdated",)),
    "0023_sensitive_columns_exposed": Lint(
        ("sensitive_columns_exposed",),
        "tables with row level security whose policy shows all rows; names can be set",
    ),
    "0024_rls_policy_always_true": Lint(
        ("policy_always_true",),
        "true for every signed-in user, a column compared with itself, joined by OR; storage",
    ),
    "0025_public_bucket_allows_listing": Lint(
        ("public_bucket_lists",), "one of several buckets, joined by OR"
    ),
    "0026_pg_graphql_anon_table_exposed": Lint(
        ("graphql_shows_tables",), "one finding for a role, with examples", role="anon"
    ),
    "0027_pg_graphql_authenticated_table_exposed": Lint(
        ("graphql_shows_tables",), "one finding for a role, with examples", role="authenticated"
    ),
    "0028_anon_security_definer_function_executable": Lint(
        ("definer_function_callable",), "what it reads and writes; not where it asks who calls"
    ),
    "0029_authenticated_security_definer_function_executable": Lint(
        ("definer_function_callable",), "the same"
    ),
}

NOT_TESTED = (
    ("auth_allow_anonymous_sign_ins", "`policy_for_anonymous_sign_ins`", "where they are in use"),
    ("rls_policy_null_auth_disjunct", "`policy_true_without_user`", "policies for writing"),
    ("autovacuum_disabled", "`autovacuum_off`", "the whole server"),
    ("invalid_index", "`invalid_index`", "not while it is being built"),
    (
        "unused_replication_slot",
        "`replication_slot_inactive` (of backups)",
        "how much WAL it holds",
    ),
)
