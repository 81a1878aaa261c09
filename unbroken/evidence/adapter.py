"""What another system told, in our words: what an adapter makes of it. Pure.

An adapter is a file in `adapters/`. It knows one system's published format and nothing else: which
thing of the inventory is meant, and whether it was told before, is found by `hearing.py`.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from unbroken.evidence.observed import Value

ITEMS_MAX = 20_000
NAMES_MAX = 8

_KINDS = ("LOS", "LOSi", "dying-gasp", "LPR", "LOF", "SF", "SD", "power", "unreachable",
          "high-temperature", "down")  # fmt: skip
_BY_WORD = {kind.lower(): kind for kind in _KINDS}
_BY_SIGN = (
    ("dying-gasp", re.compile(r"dying.?gasp", re.I)),
    ("LOSi", re.compile(r"\blosi\b|onu.{0,20}\blos\b", re.I)),
    ("LOS", re.compile(r"\blos\b|loss of signal", re.I)),
    ("high-temperature", re.compile(r"temperature|overheat|too hot", re.I)),
    ("power", re.compile(r"\bups\b|on battery|mains|power (?:supply|feed|fail|lost)", re.I)),
    ("unreachable", re.compile(
        r"unreachable|(?:instance|target|host|device|node|probe)[ _]?(?:is[ _])?down|no icmp|"
        r"unavailable by icmp|not responding|probefailed|blackbox.*(?:fail|down)", re.I,
    )),
    ("down", re.compile(
        r"\b(?:link|port|interface|(?:line ?)?card|board|pon|uplink|circuit|olt|dslam|cmts|bng)"
        r"[ _-]*(?:is[ _-]*)?(?:oper[ _-]*)?(?:down|offline|fail(?:ed|ure))", re.I,
    )),
)  # fmt: skip


class NotTold(ValueError):
    """What we can make nothing of; the text says why."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was said of one thing.

    `names`: what it is called there, likeliest first. `ref`: under which that system knows the
    alarm, by which its end is found where the end does not say whose it is. `at`: ISO 8601.
    """

    names: tuple[str, ...]
    at: str
    alarm: tuple[str, str] | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Adapter:
    """One system: `items` takes apart what it sends, `told` reads one of them.

    `sample`: what it sends, as its makers publish it; a test holds the adapter against it.
    `schema`: what every message must be (JSON Schema); a wrong part is told by itself.
    """

    key: str
    items: Callable[[bytes], Iterable[object]]
    told: Callable[[object], list[Told]]
    sample: str
    schema: Mapping[str, object] = field(default_factory=dict)


def document(body: bytes) -> object:
    """One JSON document; NotTold when it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotTold("It is not JSON.") from error


def thing(found: object, name: str = "") -> dict[str, object]:
    """The JSON object itself, or the one under this name; NotTold when there is none."""
    part = found.get(name) if name and isinstance(found, dict) else found
    if not isinstance(part, dict):
        raise NotTold(f"“{name}” is no JSON object." if name else "It is no JSON object.")
    return part


def listed(found: object) -> list[object]:
    """A list of bounded length; NotTold for anything else."""
    if not isinstance(found, list) or len(found) > ITEMS_MAX:
        raise NotTold(f"It is no list of at most {ITEMS_MAX}.")
    return found


def words(*parts: object) -> tuple[str, ...]:
    """Those that are texts with something in them, each once."""
    found = dict.fromkeys(part.strip() for part in parts if isinstance(part, str) and part.strip())
    return tuple(found)[:NAMES_MAX]


def at_second(told: object) -> str:
    """A time in seconds since 1970 as ISO 8601; NotTold when it is none."""
    try:
        number = float(told) if isinstance(told, int | float | str) else float("nan")
        return datetime.fromtimestamp(number, UTC).isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise NotTold("It says no time.") from error


def alarm_kind(*told: object) -> str:
    """What kind of alarm these words mean: one that the judge knows, else the first of them."""
    said = words(*told)
    if not said:
        raise NotTold("The alarm has no name.")
    for one in said:
        if known := _BY_WORD.get(one.lower()):
            return known
    for kind, sign in _BY_SIGN:
        if any(sign.search(one[:500]) for one in said):
            return kind
    return said[0][:60]
