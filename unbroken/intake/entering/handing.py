"""What a colleague writes to hand a request over by mail. Pure.

    Hand over to: Routers
    Done: asked for the lamp, it is dark
    Needed: look at port 7
    By: tomorrow 12:00

in English, Russian or Italian. Only a first line with the words and a colon begins it: nothing
else is guessed at.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_KEYS: tuple[tuple[str, str], ...] = (
    ("to", r"hand(?:ing)? over(?: to)?|передать|передаю|passare(?: a)?|passo a"),
    ("done", r"done|сделано|fatto"),
    ("needed", r"needed|нужно|требуется|serve|occorre"),
    ("by", r"by|needed by|до|к|срок|entro"),
)
_LINE = tuple((key, re.compile(rf"(?:{words})\s*:\s*(.*)", re.IGNORECASE)) for key, words in _KEYS)
_TOMORROW = r"(?:tomorrow|завтра|domani)"
_CLOCK = re.compile(rf"({_TOMORROW})?\s*(?:at|в|alle)?\s*(\d{{1,2}})[:.](\d{{2}})")
_SPAN = re.compile(
    r"(?:in|through|через|tra|fra)?\s*(\d{1,3})\s*(?:(h|hours?|ч|час\w*|or[ae])|(d|days?|д|дн\w+|день|giorn[io]))"
)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ t]+(\d{1,2})[:.](\d{2}))?")
END_OF_DAY = time(18)


@dataclass(frozen=True, slots=True)
class Wish:
    """A hand-over as somebody wrote it; what they left out is empty."""

    to: str
    done: str = ""
    needed: str = ""
    by: str = ""


def wish_in(words: str) -> Wish | None:
    """What is handed over to whom; None where the first line does not say so."""
    found: dict[str, list[str]] = {}
    key = ""
    for line in words.strip().splitlines():
        match = next(
            ((key, m[1]) for key, said in _LINE if (m := said.fullmatch(line.strip()))), None
        )
        if match is None and not key:
            return None
        if match is not None and not key and match[0] != "to":
            return None
        if match is not None:
            key = match[0]
        found.setdefault(key, []).append(match[1] if match else line.strip())
    parts = {key: "\n".join(lines).strip() for key, lines in found.items()}
    return Wish(**parts) if parts.get("to") else None


def due_in(text: str, at: datetime, zone: str) -> datetime | None:
    """When that is for whoever wrote it; None for what is no time."""
    local, said = at.astimezone(ZoneInfo(zone)), re.sub(r"\s+", " ", text.strip().casefold())
    if span := _SPAN.fullmatch(said):
        return at + timedelta(hours=int(span[1])) * (1 if span[2] else 24)
    try:
        if clock := _CLOCK.fullmatch(said):
            wall = local.replace(hour=int(clock[2]), minute=int(clock[3]), second=0, microsecond=0)
            return wall + timedelta(days=1 if clock[1] or wall <= local else 0)
        if re.fullmatch(_TOMORROW, said):
            return datetime.combine(local.date() + timedelta(days=1), END_OF_DAY, local.tzinfo)
        if date := _DATE.fullmatch(said):
            day = datetime(int(date[1]), int(date[2]), int(date[3]), tzinfo=local.tzinfo)
            clock_ = time(int(date[4]), int(date[5])) if date[4] else END_OF_DAY
            return datetime.combine(day.date(), clock_, local.tzinfo)
    except ValueError:
        return None
    return None
