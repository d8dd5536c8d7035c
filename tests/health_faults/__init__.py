"""Faults of health, each planted in a real server and repaired again."""

from tests.health_faults import replication, sessions, tables, work
from tests.health_faults.bench import FAULTS, Bench

__all__ = ["FAULTS", "Bench", "replication", "sessions", "tables", "work"]
