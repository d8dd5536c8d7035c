"""How repairs and rehearsals look in a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from maint_pipeline.cli.cells import printable
from maint_pipeline.cli.output import console, print_rows

if TYPE_CHECKING:
    from maint_pipeline.repairs.rehearsal import Rehearsal


def print_repair(row: Mapping[str, Any]) -> None:
    """Print one repair.

    Args:
        row: of `open_repairs`.
    """
    _print_finding(row)
    if row["problem"]:
        return
    if row["in_transaction"]:
        _line(
            "Undo", f"maint repairs rehearse {row['id']} tries the repair, shows what changes and "
            "which locks it takes, and proves its undo; it leaves nothing",
        )  # fmt: skip
    else:
        _line("Undo", "can't be tried first: a statement can't be in a transaction")


def _print_finding(row: Mapping[str, Any]) -> None:
    _line("Finding", f"{row['title']}: {row['object']} ({row['severity']}, {row['check_name']})")
    if row["problem"]:
        _line("Not here", row["problem"])
        return
    _line("Class", f"{row['class']}: {row['because']}")
    _line("Access", row["loses"] or "nobody loses any")
    _block("Statements", [f"{text};" for text in row["statements"]])


def print_rehearsal(row: Mapping[str, Any], rehearsal: Rehearsal, *, as_json: bool) -> None:
    """Print what a rehearsal has shown.

    Args:
        row: of `open_repairs`.
        rehearsal: what it did.
        as_json: print JSON.
    """
    from maint_pipeline.repairs.words import in_words

    outcome = rehearsal.outcome
    changes = in_words(outcome.changes)
    if as_json:
        fields = {
            **row,
            "statements": [step.text for step in outcome.repair.steps],
            "changes": changes,
            "locks": [f"{mode} on {relation}" for relation, mode in outcome.locks],
            "milliseconds": round(outcome.milliseconds, 1),
            "undo": outcome.undo,
            "undo_proven": True,
            "finding_returned": rehearsal.returned,
            "before_hash": outcome.before.hash(),
            "after_hash": outcome.after.hash(),
        }
        print_rows([fields], (), as_json=True, empty="")
        return
    _print_finding(row)
    _block("Changes", changes)
    locks = [f"{mode} on {relation}" for relation, mode in outcome.locks]
    _block("Locks", locks or ["none on tables"])
    _line("Time", f"the statements took {outcome.milliseconds:.0f} ms")
    _block("Undo", [f"{text};" for text in outcome.undo])
    _line("Proof", "repaired: the check does not find it any more, and nothing else changed")
    _line("", "undone: the catalog is what it was, object by object")
    if rehearsal.returned:
        _line("", "the finding came back with the undo")
    _line("", "rolled back: nothing of either is left")


def print_statements(title: str, statements: Sequence[str]) -> None:
    """Print statements below a title."""
    _block(title, [f"{text};" for text in statements])


def _line(name: str, text: str) -> None:
    label = Text(f"{name:<11}", style="bold")
    console.print(label.append(printable(text), style="not bold"), highlight=False, soft_wrap=True)


def _block(name: str, lines: Sequence[str]) -> None:
    console.print(Text(name, style="bold"))
    for line in lines:
        console.print(Padding(Text(printable(line)), (0, 0, 0, 4)), highlight=False)
