"""Whatever rows and policy are: a purge deletes just what a plain reading of the policy says."""

from contextlib import closing
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maint_pipeline.database.connection import connect
from maint_pipeline.retention.purge import Purge

ROWS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(1, 400)),  # age in hours
        st.booleans(),  # fulfils the condition
        st.booleans(),  # on hold
        st.booleans(),  # in TOAST
    ),
    max_size=60,
)
POLICIES = st.fixed_dictionaries(
    {
        "keep": st.integers(24, 300),  # hours
        "archives": st.booleans(),
        "indexed": st.booleans(),
        "workers": st.integers(1, 2),
    }
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS, policy=POLICIES)
def test_a_purge_does_what_its_policy_says(database, superuser, tmp_path, rows, policy):
    keep = policy["keep"]
    superuser.execute("delete from maint.retention_policies where name = 'model'")
    superuser.execute("drop table if exists public.model")
    superuser.execute(
        "create table public.model (id int, at timestamptz, done bool, held bool, wide text)"
    )
    if policy["indexed"]:
        superuser.execute("create index on public.model using brin (at) with (pages_per_range = 1)")
    superuser.execute("grant select, delete, update on public.model to maint_owner")
    superuser.execute(
        "insert into maint.retention_policies "
        "(name, table_name, time_column, condition, hold_condition, keep, action) "
        "values ('model', 'model', 'at', 'done', 'held', %s, %s)",
        [timedelta(hours=keep), "archive" if policy["archives"] else "delete"],
    )
    for number, (age, done, held, toasted) in enumerate(rows):
        superuser.execute(
            "insert into public.model values (%s, now() - %s::interval - interval '1 minute', "
            "%s, %s, (select string_agg(md5(i::text), '') from generate_series(1, %s) as i))",
            [number, age and timedelta(hours=age), done, held, 500 if toasted else 1],
        )
    over = [age is not None and age >= keep and done for age, done, _, _ in rows]
    held = [row[2] for row in rows]
    stay = {n for n in range(len(rows)) if not over[n] or held[n]}
    with (
        closing(connect(database, application_name="test")) as owner,
        closing(connect(database, application_name="test")) as helper,
    ):
        if policy["indexed"]:
            owner.execute("set enable_seqscan = off")
        purge = Purge("model", duty=1, archive_url=str(tmp_path / "archive"))
        result = purge.run(owner, helpers=[helper][: policy["workers"] - 1])
    left = {row["id"] for row in superuser.execute("select id from public.model").fetchall()}
    assert left == stay
    assert result["deleted_count"] == len(rows) - len(stay)
    assert result["held"] == sum(a and b for a, b in zip(over, held, strict=True))
    if policy["archives"]:
        assert result["archived_rows"] == result["deleted_count"]
