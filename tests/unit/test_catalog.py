"""Check files and the SQL made from them."""

import pytest

from maint_pipeline.checks.catalog import CheckFileError, load_checks, parse_check
from maint_pipeline.checks.script import catalog_script

FILE = """\
-- title: Something's wrong
-- severity: low, because it is small
-- needs: public.a, public.b
-- description: First line
--     and second.
-- remediation: Repair it.
-- cannot see: What is small.

select 'x' as object, '100%' as detail, '{}'::jsonb as metadata;
"""


def test_reads_header_and_query():
    check = parse_check("wrong", "security", FILE)
    assert check.title == "Something's wrong"
    assert check.severity == "low" and check.because == "it is small"
    assert check.needs == ("public.a", "public.b")
    assert check.description == "First line and second."
    assert check.cannot_see == "What is small."
    assert check.query.startswith("select 'x'") and not check.query.endswith(";")


@pytest.mark.parametrize(
    "field", ["title", "severity", "needs", "description", "remediation", "cannot see"]
)
def test_names_the_missing_field(field: str):
    text = "\n".join(
        line for line in FILE.splitlines() if not line.startswith((f"-- {field}", "--     "))
    )
    with pytest.raises(CheckFileError, match=f"security/wrong.sql.*{field}"):
        parse_check("wrong", "security", text)


def test_thresholds_are_read():
    text = FILE.replace(
        "small.\n\n", "small.\n-- thresholds: after interval = 2 days; of integer = 5\n\n"
    )
    names = [(t.name, t.type, t.default) for t in parse_check("x", "security", text).thresholds]
    assert names == [("after", "interval", "2 days"), ("of", "integer", "5")]


def test_a_threshold_without_a_type_is_named():
    text = FILE.replace("small.\n\n", "small.\n-- thresholds: after 2 days\n\n")
    with pytest.raises(
        CheckFileError, match=r"wrong\.sql.*NAME TYPE = DEFAULT, not 'after 2 days'"
    ):
        parse_check("wrong", "security", text)


def test_a_severity_is_argued_for():
    with pytest.raises(CheckFileError, match=r"wrong\.sql: write why"):
        parse_check("wrong", "security", FILE.replace(", because it is small", ""))


def test_every_file_of_the_catalogue_is_readable_and_named_once():
    names = [check.name for check in load_checks()]
    assert len(names) == len(set(names)) >= 97


def test_script_quotes_what_files_say():
    script = catalog_script([parse_check("wrong", "security", FILE)])
    assert "'Something''s wrong'" in script
