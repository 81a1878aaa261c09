"""Targets as people type and read them: hours and minutes, `4`, `0:30`, `30 min`. Pure."""

import re

_CLOCK = re.compile(r"(\d{1,5})(?::([0-5]\d))?")
_DECIMAL = re.compile(r"(\d{1,5})[.,](\d{1,2})")
_MINUTES = re.compile(r"(\d{1,6})\s*(?:m|min|мин)\.?")


def seconds_of(text: str) -> int | None:
    """So many seconds; None when it is no span of hours and minutes above nothing."""
    text = text.strip().lower().removesuffix("h").removesuffix("ч").strip()
    if match := _MINUTES.fullmatch(text):
        found = int(match[1]) * 60
    elif match := _CLOCK.fullmatch(text):
        found = int(match[1]) * 3600 + int(match[2] or 0) * 60
    elif match := _DECIMAL.fullmatch(text):
        found = round(float(f"{match[1]}.{match[2]}") * 3600)
    else:
        return None
    return found or None


def in_text(seconds: int | None) -> str:
    """`4:00`; odd seconds are rounded up to the minute."""
    if not seconds:
        return ""
    minutes = -(-seconds // 60)
    return f"{minutes // 60}:{minutes % 60:02}"
