"""What an examination of `maint doctor` says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Diagnosis:
    """What an examination found.

    Attributes:
        ok: None where there was nothing to see: it is neither well nor wrong.
        remedy: empty where `ok`.
    """

    name: str
    ok: bool | None
    finding: str
    remedy: str = ""
