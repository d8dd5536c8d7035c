"""`maint run --set KEY=VALUE`: what a form's annotations make of a text."""

from enum import Enum
from typing import Literal

import pytest
from dagster import Config
from pydantic import Field

from maint_pipeline.cli.values import typed_values
from maint_pipeline.errors import UsageError


class Colour(Enum):
    RED = "red"


class Form(Config):
    note: str | None = None
    policy: str = ""
    days: int | None = Field(default=None, ge=1)
    workers: int = 1
    share: float = 0.5
    vacuum: bool = True
    tables: list[str] = Field(default_factory=list)
    sizes: list[int] | None = None
    mode: Literal["fast", "slow"] = "fast"
    colour: Colour = Colour.RED


def typed(*pairs: str) -> dict:
    return typed_values("tidy", Form, pairs)


@pytest.mark.parametrize(
    "text",
    ["key: rotated", "2026-01-01", "2026-02-30", "on", "1e3", "[", "{", "*x", "!!python/name:os",
     "a=b", "", " x ", "'", "0x1f", "~", "Null", "日本"],
)  # fmt: skip
def test_a_text_stays_a_text(text):
    assert typed(f"note={text}", f"policy={text}") == {"note": text, "policy": text}


@pytest.mark.parametrize(
    ("pair", "value"),
    [
        ("days=30", 30), ("days=null", None), ("days=-1", -1), ("note=null", None),
        ("policy=null", "null"), ("share=0.25", 0.25), ("vacuum=false", False), ("vacuum=on", True),
        ('tables=["a", "b: c"]', ["a", "b: c"]), ("tables=[]", []), ("sizes=[1, 2]", [1, 2]),
        ("sizes=null", None), ("mode=slow", "slow"), ("colour=red", "red"),
    ],
)  # fmt: skip
def test_other_fields_take_what_they_are_annotated_with(pair, value):
    (found,) = typed(pair).values()
    assert found == value and type(found) is type(value)


def test_the_later_of_two_counts():
    assert typed("days=1", "days=2") == {"days": 2}


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("days=ninety", "days takes a whole number or null, not 'ninety'."),
        ("days=1.5", "days takes a whole number or null"),
        ("days=", "days takes a whole number or null, not ''."),
        ("days=true", "days takes a whole number or null"),
        ("days=" + "9" * 5000, "days takes a whole number or null"),
        ("workers=[", "workers takes a whole number, not '['."),
        ("workers=null", "workers takes a whole number, not 'null'."),
        ("share=much", "share takes a number"),
        ("vacuum=perhaps", "vacuum takes true or false"),
        ("tables=a", "tables takes JSON, as"),
        ("sizes=[1, two]", "sizes takes JSON"),
        ("mode=lazy", "mode takes one of fast, slow, not 'lazy'."),
        ("colour=blue", "colour takes one of red"),
        ("unknown=1", "tidy has no field 'unknown'. Its fields: note, policy, days"),
        ("days", "KEY=VALUE"),
        ("=1", "KEY=VALUE"),
    ],
)
def test_what_does_not_fit_is_said_with_what_does(pair, said):
    with pytest.raises(UsageError) as refused:
        typed(pair)
    assert said in str(refused.value)


def test_a_form_without_fields_says_so():
    with pytest.raises(UsageError, match="Nothing can be set for tidy"):
        typed_values("tidy", Config, ["a=1"])
