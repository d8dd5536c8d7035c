"""Invented names, so that lists are a pleasure to read. No real person or company is meant."""

from __future__ import annotations

from itertools import product
from random import Random

_FIRST_NAMES = (
    "Ada", "Amir", "Bea", "Carlo", "Chidi", "Dalia", "Edda", "Emil", "Farah", "Gus", "Hana",
    "Idris", "Ines", "Jonas", "Kaya", "Lena", "Malik", "Mira", "Nils", "Oona", "Pia", "Ravi",
    "Runa", "Sami", "Tess", "Uma", "Vito", "Wanda", "Yara", "Zeno",
)  # fmt: skip
_LAST_NAMES = (
    "Abendroth", "Brook", "Castellan", "Dunmore", "Eskildsen", "Fairweather", "Grimaldi", "Holm",
    "Ibarra", "Juniper", "Kestrel", "Lindqvist", "Marchetti", "Nakamura", "Okafor", "Petrov",
    "Quill", "Rosenthal", "Sundaram", "Thistle",
)  # fmt: skip
_PLACES = (
    "Alder", "Bayside", "Copper", "Driftwood", "Elm Street", "Foxglove", "Granite", "Harbour",
    "Ivory", "Juniper", "Kingfisher", "Lantern", "Meadow", "Northgate", "Orchard", "Pinecrest",
    "Quarry", "Riverbend", "Saltmarsh", "Tamarind", "Upland", "Verbena", "Willow", "Yarrow",
)  # fmt: skip
_TRADES = (
    ("Bakery", "business"), ("Books", "business"), ("Ceramics", "business"),
    ("Dental", "practice"), ("Family Practice", "practice"), ("Logistics", "business"),
    ("Orthopaedics", "practice"), ("Outfitters", "business"), ("Paediatrics", "practice"),
    ("Physiotherapy", "practice"), ("Studio", "business"), ("Veterinary", "practice"),
)  # fmt: skip

USER_AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36",
    "acme-sync/2.4 (+python-httpx)",
)


def people(random: Random, count: int) -> list[str]:
    """Give different full names.

    Args:
        random: the source of chance.
        count: how many; names repeat with a number beyond 600.
    """
    names = [f"{first} {last}" for first, last in product(_FIRST_NAMES, _LAST_NAMES)]
    return _many(random, names, count)


def organizations(random: Random, count: int) -> list[tuple[str, str]]:
    """Give different organizations as (name, type).

    Args:
        random: the source of chance.
        count: how many; names repeat with a number beyond 288.
    """
    types = {f"{place} {trade}": kind for place, (trade, kind) in product(_PLACES, _TRADES)}
    names = _many(random, list(types), count)
    return [(name, types[name.rstrip("0123456789").rstrip()]) for name in names]


def _many(random: Random, names: list[str], count: int) -> list[str]:
    random.shuffle(names)
    rounds = (
        names if number == 1 else [f"{name} {number}" for name in names]
        for number in range(1, count // len(names) + 2)
    )
    return [name for names_of_round in rounds for name in names_of_round][:count]
