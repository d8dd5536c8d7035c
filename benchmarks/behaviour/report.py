"""The tables of a score."""

from __future__ import annotations

from benchmarks.behaviour.score import Score


def print_report(score: Score, *, details: bool) -> None:
    """Print what was seen by kind of attack and by check, as tables of Markdown.

    Args:
        score: of all histories.
        details: each missed attack and false alarm too.
    """
    print(f"\n{sum(score.attacks.values())} attacks, {score.months:.0f} tenant-months\n")
    print("| attack | hidden | seen | by |\n| --- | --- | --- | --- |")
    for kind, hidden in sorted(score.attacks.items()):
        by = sorted(((n, c) for (c, k), n in score.seen_by.items() if k == kind), reverse=True)
        print(f"| {kind} | {hidden} | {score.seen[kind]} | "
              f"{', '.join(f'{check} {n}' for n, check in by)} |")  # fmt: skip
    print("\n| check | right | false | precision | recall | false a month |")
    print("| --- | --- | --- | --- | --- | --- |")
    for check in sorted({*score.right, *score.false}):
        precision = score.precision(check)
        # Of the kinds of attack that it saw at all.
        kinds = {kind for (c, kind), n in score.seen_by.items() if c == check and n}
        of = sum(score.attacks[kind] for kind in kinds)
        seen = sum(n for (c, _), n in score.seen_by.items() if c == check)
        print(f"| {check} | {score.right[check]} | {score.false[check]} | "
              f"{'' if precision is None else f'{precision:.2f}'} | "
              f"{f'{seen / of:.2f}' if of else ''} | "
              f"{score.false[check] / score.months:.2f} |")  # fmt: skip
    above = sum(1 for n in score.false_by_tenant.values() if n > 1)
    print(f"\nall: recall {score.recall:.3f}, {score.false_a_month:.2f} false alarms per tenant "
          f"and month, {above} tenants with more than one, "
          f"precision {_precision(score):.2f}")  # fmt: skip
    if details:
        for label in score.missed:
            print("missed", label.kind, label.tenant, sorted(label.users)[:1])
        for alarm in score.false_alarms:
            print("false", alarm.check, alarm.severity, alarm.detail[:150])


def _precision(score: Score) -> float:
    right, false = sum(score.right.values()), sum(score.false.values())
    return right / max(1, right + false)
