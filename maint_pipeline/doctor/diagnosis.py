"""The result of one check of `maint doctor`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Diagnosis:
    """What a check found.

    Attributes:
        ok: None if it could not be checked: neither right nor wrong.
        remedy: empty where `ok`.
    """

    name: str
    ok: bool | None
    finding: str
    remedy: str = ""
