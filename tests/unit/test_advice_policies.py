"""Which calls in a policy are made for every row, and which only once."""

import pytest

from maint_pipeline.advice.policies import Rewrite, _asked_once

UID = {"name": "auth.uid", "arguments": 0, "volatility": "s"}
SETTING = "current_setting('request.jwt.claims'::text, true)"


def rewritten(text: str) -> str:
    rewrite = Rewrite({"functions": [UID]}, text, text)
    _asked_once(None, rewrite, [])
    return rewrite.new


@pytest.mark.parametrize(
    "text",
    [
        "(owner = ( SELECT auth.uid() AS uid))",
        "(owner = ( SELECT (auth.uid())::text AS uid))",
        f"(org = ( SELECT ((({SETTING})::json ->> 'sub'::text))::uuid AS uuid))",
    ],
)
def test_what_a_sub_select_asks_once_already_stays(text):
    assert rewritten(text) == text


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("(owner = auth.uid())", "(owner = ( SELECT auth.uid()))"),
        (f"(org = (({SETTING})::json))", f"(org = ((( SELECT {SETTING}))::json))"),
        (
            "(id IN ( SELECT a.id FROM a WHERE (a.owner = auth.uid())))",
            "(id IN ( SELECT a.id FROM a WHERE (a.owner = ( SELECT auth.uid()))))",
        ),
    ],
)
def test_what_each_row_asks_becomes_a_sub_select(text, better):
    assert rewritten(text) == better
