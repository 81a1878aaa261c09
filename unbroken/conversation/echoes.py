"""Whether somebody's words are only the echo of our own automatic mails. Pure.

A machine that does not say it is one, and gives each mail another subject, opens a new request
with every acknowledgement it gets, for ever. Each first mail of a person is acknowledged, however
many they write: what is cut short is a mail that came soon after our automatic one, again and
again, with the same words apart from numbers; or, whatever its words, oftener than people do.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

WITHIN: Final = timedelta(minutes=10)
"""What comes later than this after our automatic mail is no echo of it."""

LOOK_BACK: Final = timedelta(days=1)
ALIKE_MAX: Final = 3
"""Echoes with the same words that are still answered: people send a mail twice, too."""

ANY_MAX: Final = 20
"""Echoes with whatever words that are still answered within `LOOK_BACK`."""

_NOT_WORDS = re.compile(r"[\W\d_]+")
LETTERS_MAX: Final = 500


@dataclass(frozen=True, slots=True)
class Said:
    """Something said between us and them: theirs, or ours that no person of ours wrote."""

    is_theirs: bool
    at: datetime
    words: str


def is_echo(said: Sequence[Said]) -> bool:
    """Whether the last of what was said, in order of time, answers a machine of ours as one."""
    echoes = _echoes(said)
    if not echoes or echoes[-1] is not said[-1]:
        return False
    last = _bare(said[-1].words)
    alike = sum(_bare(one.words) == last for one in echoes) if last else 0
    return alike > ALIKE_MAX or len(echoes) > ANY_MAX


def _echoes(said: Sequence[Said]) -> list[Said]:
    """What they said soon after a mail that no person of ours wrote."""
    heard: list[Said] = []
    spoken_at: datetime | None = None
    for one in said:
        if not one.is_theirs:
            spoken_at = one.at
        elif spoken_at is not None and one.at - spoken_at <= WITHIN:
            heard.append(one)
    return heard


def _bare(words: str) -> str:
    """Words without numbers, signs and capitals."""
    return _NOT_WORDS.sub(" ", words[:LETTERS_MAX]).strip().lower()
