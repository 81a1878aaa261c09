"""What some lines mean: a catalogue with one file a vendor. The rest is kept and can be searched.

A file holds `[[message]]` tables: `kind`, `pattern` (with the groups `user`, `circuit`, `port`
where the line names them), and `example`, which a test holds against its own pattern.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("catalogue")

KINDS = (
    "line_down", "line_up", "port_down", "port_up", "session_down", "session_up", "login_refused",
    "device_restart", "power_lost", "light_lost", "card_down", "too_hot", "server_silent",
)  # fmt: skip
"""line: a subscriber's; port: of our own equipment. server_silent: RADIUS did not answer it."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of one vendor."""

    vendor: str
    kind: str
    pattern: re.Pattern[str]
    example: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a line means, and whom it names."""

    kind: str
    user: str = ""
    circuit: str = ""


@cache
def catalogue() -> tuple[Message, ...]:
    """Every message that means something."""
    return tuple(
        Message(path.stem, one["kind"], re.compile(one["pattern"]), one["example"])
        for path in sorted(FOLDER.glob("*.toml"))
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["message"]
    )


def meaning_of(text: str) -> Meaning | None:
    """What the words mean, or None for the many that mean nothing to us."""
    for message in catalogue():
        found = message.pattern.search(text)
        if found is not None:
            named = found.groupdict("")
            return Meaning(message.kind, named.get("user", ""), named.get("circuit", ""))
    return None
