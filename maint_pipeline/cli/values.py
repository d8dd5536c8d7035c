"""The values of `maint run --set`, converted to the types of a task's config."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import partial
from textwrap import shorten
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from maint_pipeline.errors import UsageError

_WORDS = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}


def typed_values(task_name: str, form: type[BaseModel], pairs: Sequence[str]) -> dict[str, Any]:
    """Read KEY=VALUE as the fields of a form are annotated: a text stays the text that was written.

    Args:
        task_name: for messages.
        form: the task's Config.
        pairs: as given; of two for one field the later one counts.

    Returns:
        The values by field name. `null` is None where a field takes it; lists and mappings are
        written as JSON.

    Raises:
        UsageError: there is no such field, it takes something else, or one is missing; the message
            says what is right.
    """
    values: dict[str, Any] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals or not key:
            raise UsageError(f"--set takes KEY=VALUE, not {pair!r}; for example retention_days=30.")
        if key not in form.model_fields:
            raise UsageError(f"{task_name} has no field {key!r}. {_fields_of(task_name, form)}")
        values[key] = _typed(key, form.model_fields[key], text)
    lacking = [
        f"--set {name}=…"
        for name, field in form.model_fields.items()
        if field.is_required() and name not in values
    ]
    if lacking:
        raise UsageError(f"{task_name} needs {' '.join(lacking)}. {_fields_of(task_name, form)}")
    return values


def _fields_of(task_name: str, form: type[BaseModel]) -> str:
    names = ", ".join(form.model_fields)
    return f"Its fields: {names}." if names else f"Nothing can be set for {task_name}."


def _typed(key: str, field: FieldInfo, text: str) -> Any:
    kinds = _kinds(field.annotation)
    if text == "null" and NoneType in kinds:
        return None
    if str in kinds:
        return text
    adapter: TypeAdapter[Any] = TypeAdapter(field.annotation or str)
    for read in (adapter.validate_strings, partial(adapter.validate_json, strict=True)):
        try:
            value = read(text)
        except ValidationError:
            continue
        _assert_within_bounds(key, field, value)
        return adapter.dump_python(value, mode="json")
    raise UsageError(f"{key} takes {_expected(kinds)}, not {shorten(repr(text), 100)}.")


def _assert_within_bounds(key: str, field: FieldInfo, value: Any) -> None:
    """Say the bounds of a number in words; the form itself reports other rules."""
    least = next((rule.ge for rule in field.metadata if isinstance(rule, Ge)), None)
    most = next((rule.le for rule in field.metadata if isinstance(rule, Le)), None)
    if not isinstance(value, int | float) or least is None or most is None:
        return
    if not least <= value <= most:  # type: ignore[operator]
        raise UsageError(f"{key} must be {least} to {most}, not {value}.")


def _kinds(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _expected(kinds: Sequence[Any]) -> str:
    words = [_word(kind) for kind in kinds if kind is not NoneType]
    return " or ".join([*words, "null"] if NoneType in kinds else words)


def _word(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return f"one of {', '.join(map(str, get_args(kind)))}"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return f"one of {', '.join(str(member.value) for member in kind)}"
    return _WORDS.get(kind, f"JSON, as {_example(kind)}")


def _example(kind: Any) -> str:
    return '{"name": "value"}' if get_origin(kind) is dict else '["one", "two"]'
