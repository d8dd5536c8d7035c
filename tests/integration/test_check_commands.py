"""`maint checks` and `maint baseline`: what is ignored, explained, approved."""

import pytest

pytestmark = pytest.mark.any_version

FINGERPRINT = "table_without_primary_key:public.log"


@pytest.fixture
def heap(superuser):
    superuser.execute("create table public.log (line text)")
    superuser.execute("alter table public.log enable row level security")
    return superuser


def evaluate(owner):
    return owner.execute("select maint.run_check('table_without_primary_key') as r").fetchone()["r"]


def alert(owner):
    return owner.execute(
        "select resolved, details ->> 'resolved_because' as because from public.security_alerts "
        "where fingerprint = %s",
        [FINGERPRINT],
    ).fetchone()


def test_an_ignored_finding_resolves_its_alert_and_says_why(cli, heap, owner):
    assert evaluate(owner)["findings"] == 1 and not alert(owner)["resolved"]
    answer = cli("checks", "ignore", FINGERPRINT, "--note", "append only", "--for", "2d")
    assert alert(owner)["resolved"] and "append only" in alert(owner)["because"]
    assert answer.returncode == 0 and "Ignored until" in answer.stdout
    assert "spelled" not in answer.stdout
    misspelled = cli("checks", "ignore", "mass_read:nobody", "--reason", "x")
    assert misspelled.returncode == 0 and "spelled" in misspelled.stdout
    cli("checks", "unignore", "mass_read:nobody")
    assert evaluate(owner)["findings"] == 0
    assert alert(owner)["resolved"] and "append only" in alert(owner)["because"]
    (row,) = cli.json("checks", "ignored")
    assert row["fingerprint"] == FINGERPRINT and row["reason"] == "append only"

    assert "No longer ignored" in cli("checks", "unignore", FINGERPRINT).stdout
    assert evaluate(owner)["findings"] == 1 and not alert(owner)["resolved"]
    assert "was not ignored" in cli("checks", "unignore", FINGERPRINT).stdout


def test_what_is_ignored_comes_back_when_its_time_is_over(cli, heap, owner):
    cli("checks", "ignore", FINGERPRINT, "--reason", "for now", "--for", "1h")
    assert evaluate(owner)["findings"] == 0
    heap.execute("update maint.ignored_findings set ignored_until = now() - interval '1 s'")
    assert evaluate(owner)["findings"] == 1
    assert cli.json("checks", "ignored") == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ignore", "no_such:x", "--reason", "y"], "no check no_such"),
        (["ignore", FINGERPRINT, "--reason", "  "], "reason"),
        (["ignore", FINGERPRINT, "--reason", "y", "--for", "soon"], "such as 30m"),
        (["run", "no_such"], "no check no_such"),
        (["explain", "no_such"], "no check no_such"),
    ],
)
def test_nonsense_is_refused_with_a_word(cli, heap, arguments, words):
    answer = cli("checks", *arguments)
    assert answer.returncode == 2
    assert words in " ".join(answer.stderr.split())


def test_running_one_check_shows_what_it_sees_and_how_to_end_it(cli, superuser):
    superuser.execute("create table public.notes (id integer primary key)")
    (row,) = cli.json("checks", "run", "row_security_off")
    assert row["object"] == "public.notes"
    assert row["fix"] == "alter table public.notes enable row level security;"
    superuser.execute(row["fix"])
    assert "passed" in cli("checks", "run", "row_security_off").stdout
    shown = cli("checks", "run", "drift_from_baseline").stdout
    assert "not_applicable" in shown and "maint baseline approve" in shown


def test_a_check_is_explained(cli, database):
    text = " ".join(cli("checks", "explain", "failed_sign_ins").stdout.split())
    assert "high, because" in text and "attempts 10" in text and "audit_log.time" in text


def test_the_baseline_is_approved_compared_and_approved_in_part(cli, superuser):
    assert "Nothing is approved yet" in cli("baseline").stdout
    assert cli("baseline", "approve").returncode == 0
    kinds = {row["kind"]: row["entries"] for row in cli.json("baseline")}
    assert kinds["function"] >= 1 and kinds["grants"] >= 10
    assert "Everything is as approved" in cli("baseline", "diff").stdout

    superuser.execute(
        "create function public.backdoor() returns integer language sql as 'select 4711'"
    )
    superuser.execute("grant delete on public.orgs to public")
    shown = cli("baseline", "diff").stdout
    assert "+AS $function$select 4711$function$" in shown and "+public: DELETE" in shown
    assert cli("baseline", "approve", "function", "public.backdoor()").returncode == 0
    left = [(row["kind"], row["object"]) for row in cli.json("baseline", "diff")]
    assert left == [("grants", "function public.backdoor()"), ("grants", "table public.orgs")]
    assert cli("baseline", "approve", "nonsense").returncode == 2
