"""Where Dagster's private parts are used: in one room, and never by what others import."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from dagster import DagsterInstance

import maint_pipeline

ROOT = Path(maint_pipeline.__file__).parent
ROOM = "maint_pipeline.instance.internals"
# Methods of DagsterInstance without an underscore that Dagster's reference doesn't list. There is
# no other way; their parameters are held fast below.
UNLISTED = {
    "add_run_tags": ["self", "run_id", "new_tags"],
    "report_run_canceling": ["self", "run", "message"],
    "report_run_failed": ["self", "dagster_run", "message", "job_failure_data"],
}


def modules() -> dict[str, ast.Module]:
    found = {}
    for file in ROOT.rglob("*.py"):
        parts = file.relative_to(ROOT.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(file.read_text(encoding="utf-8"))
    return found


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module and name that is imported, also inside of functions and for types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def private(tree: ast.AST) -> list[str]:
    """What of Dagster is private by its name: imports, and names that are only written down."""
    names = [name for name in imported(tree) if name.startswith("dagster")]
    written = [
        node.value for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value
    ]  # fmt: skip
    return [name for name in names if "._" in name] + [
        text for text in written if text.startswith(("dagster._", ".dagster/", "grpc-"))
    ]


def closure(start: str, all_modules: dict[str, ast.Module]) -> set[str]:
    seen, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        if name in all_modules and name not in seen:
            seen.add(name)
            waiting += [*imported(all_modules[name]), name.rpartition(".")[0]]
            if name.endswith(".ops"):  # Dagster's loader imports all of it
                waiting += [other for other in all_modules if other.startswith(f"{name}.")]
    return seen


def test_private_parts_are_used_in_one_room_only():
    users = {name for name, tree in modules().items() if private(tree)}
    assert users and all(name.startswith(ROOM) for name in users)


def test_the_library_never_imports_that_room():
    trees = modules()
    library = closure("maint_pipeline.component", trees)
    assert {"maint_pipeline.ops.verify_restore", "maint_pipeline.instance.history"} <= library
    assert not [name for name in library if name.startswith(ROOM)]
    assert not [name for name in library if private(trees[name])]


def test_the_library_asks_an_instance_for_public_things_only():
    """Calls of `instance.…` and `context.instance.…`: in Dagster's reference, or in the list."""
    trees = modules()
    asked = set()
    for name in closure("maint_pipeline.component", trees):
        for node in ast.walk(trees[name]):
            if isinstance(node, ast.Attribute) and (
                getattr(node.value, "attr", getattr(node.value, "id", "")) == "instance"
            ):
                asked.add(node.attr)
    modules_of_ours = {"tags", "history", "host"}  # maint_pipeline.instance is a room, too
    asked -= modules_of_ours
    assert {"get_run_records", "delete_run"} <= asked
    unlisted = {
        name for name in asked if not getattr(getattr(DagsterInstance, name), "_is_public", 0)
    }
    assert unlisted == set(UNLISTED)
    for name, parameters in UNLISTED.items():
        assert list(inspect.signature(getattr(DagsterInstance, name)).parameters) == parameters
