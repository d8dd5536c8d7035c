"""Numbers with their units, as people read them: in the terminal, in mails and reports."""

from __future__ import annotations

_BYTES = ("bytes", "kB", "MB", "GB", "TB", "PB")
_STEP = 1024
_FROM_WHICH_ON_NO_DECIMALS = 10
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_SHORT = 10.0


def bytes_in_words(count: float) -> str:
    """Write a size in PostgreSQL's units of 1024, such as `8,192 bytes` or `1.4 GB`.

    Args:
        count: bytes; negative where a size shrank.
    """
    size, unit = float(count), 0
    while abs(size) >= _STEP * _FROM_WHICH_ON_NO_DECIMALS and unit < len(_BYTES) - 1:
        size, unit = size / _STEP, unit + 1
    if unit == 0:
        return counted(int(count), "byte")
    if abs(size) < _FROM_WHICH_ON_NO_DECIMALS * _FROM_WHICH_ON_NO_DECIMALS:
        return f"{size:,.1f} {_BYTES[unit]}"
    return f"{size:,.0f} {_BYTES[unit]}"


def seconds_in_words(seconds: float) -> str:
    """Write a duration, such as `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min` or `3 d 4 h`.

    Args:
        seconds: how long.
    """
    if abs(seconds) < _SHORT:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return _two(whole // _MINUTE, "min", whole % _MINUTE, "s")
    minutes = whole // _MINUTE
    if whole < _DAY:
        return _two(minutes // 60, "h", minutes % 60, "min")
    return _two(whole // _DAY, "d", whole % _DAY // _HOUR, "h")


def _two(large: int, large_unit: str, small: int, small_unit: str) -> str:
    return f"{large} {large_unit} {small} {small_unit}" if small else f"{large} {large_unit}"


def counted(count: int, what: str) -> str:
    """Write a number with what it counts, such as `1 row` or `88,637 rows`.

    Args:
        count: how many.
        what: one of them; its plural has an s.
    """
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
