"""Reads claims out of the customer's own words: since when, how often, at what time, which lamp.

Pure. English, Russian and Italian at once, since people mix them; relative dates are counted in the
customer's zone from the moment they wrote. What is quoted as `said` stands in the text as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from unbroken.evidence.claims import vocabulary as words
from unbroken.evidence.claims.kinds import kinds
from unbroken.evidence.complaint import Complaint

CLAIMS_MAX = 24
TEXT_MAX = 8_000


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the customer says. `kind`: onset, frequency, every, time, lamp, speed, state,
    always, never.

    `at`: the moment or day meant; `give_or_take`: how exact that was meant. `clock`: minutes after
    midnight. `key`: what a correction calls it. `state`: of a lamp; of "every", the
    part of the day (day, night, morning, evening).
    """

    kind: str
    said: str
    at: datetime | None = None
    give_or_take: timedelta = timedelta(0)
    number: float | None = None
    clock: int | None = None
    lamp: str = ""
    state: str = ""
    key: str = ""


def read_claims(text: str, at: datetime, zone: str) -> tuple[Claim, ...]:
    """Everything that these words claim, in the order said."""
    text = text[:TEXT_MAX]
    local = at.astimezone(ZoneInfo(zone))
    found: list[tuple[int, Claim]] = []
    for reader in (
        _onsets, _frequencies, _everies, _times, _lamps, _speeds, _generals, _states,
    ):  # fmt: skip
        found += reader(text, local)
    found.sort(key=lambda one: one[0])
    return tuple(replace(claim, key=key_of(claim)) for _place, claim in found[:CLAIMS_MAX])


def key_of(claim: Claim) -> str:
    """Its kind and a checksum of the words: the same for the same words of a request."""
    return f"{claim.kind}.{crc32(claim.said.casefold().encode()):08x}"


def read_complaint(text: str, at: datetime, zone: str) -> Complaint | None:
    """What is complained of; None when nothing was said."""
    if not text.strip():
        return None
    return complaint_of(text, read_claims(text, at, zone))


def complaint_of(text: str, claims: Sequence[Claim]) -> Complaint:
    """What these words, with the claims read out of them, complain of."""
    since = next((one.at for one in claims if one.kind == "onset"), None)
    lamps = tuple((one.lamp, one.state) for one in claims if one.kind == "lamp")
    said = kinds(text)
    if any(one.kind in ("frequency", "every") for one in claims) and not said & {"slow", "content"}:
        said |= {"drops"}
    return Complaint(said, since, (), lamps)


Found = Iterator[tuple[int, Claim]]


def _onsets(text: str, now: datetime) -> Found:
    taken: list[tuple[int, int]] = []
    for pattern, read in words.ONSETS:
        for match in pattern.finditer(text):
            if any(begin < match.end() and match.start() < end for begin, end in taken):
                continue
            meant = read(match, now)
            if meant is None or meant[0] > now + timedelta(hours=1):
                continue
            taken.append(match.span())
            yield match.start(), Claim("onset", match.group().strip(" .,"), meant[0], meant[1])


def _day(text: str, match: re.Match[str], now: datetime) -> datetime | None:
    """The day that is named near a number or a time: today, yesterday, or none."""
    around = text[max(0, match.start() - 40) : match.end() + 40].lower()
    for pattern, days in words.DAYS:
        if pattern.search(around):
            return _noon(now.date() - timedelta(days=days), now)
    return None


def _noon(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(12), now.tzinfo)


def _frequencies(text: str, now: datetime) -> Found:
    for match in words.TIMES_A_DAY.finditer(text):
        number = words.number(match.group("n") or match.group().split()[0])
        if number is not None:
            day = _day(text, match, now)
            yield match.start(), Claim("frequency", match.group().strip(), day, number=number)


def _everies(text: str, now: datetime) -> Found:
    for match in words.EVERY.finditer(text):
        part = next(name for name, value in match.groupdict().items() if value)
        yield match.start(), Claim("every", match.group().strip(), state=part)


def _times(text: str, now: datetime) -> Found:
    for match in (*words.CLOCK.finditer(text), *words.HOUR.finditer(text)):
        hour, minute = int(match.group("h")), int(match.group("m") or 0)
        half = (match.group("half") or "").lower().replace(".", "")
        if half in words.AFTERNOON and hour < 12:
            hour += 12
        if hour < 24 and minute < 60:
            yield (
                match.start(),
                Claim(
                    "time", match.group().strip(), _day(text, match, now), clock=hour * 60 + minute
                ),
            )


def _lamps(text: str, now: datetime) -> Found:
    for match in words.LAMP.finditer(text):
        sentence = _sentence(text, match.start())
        name = words.lamp_name(match.group())
        state = words.lamp_state(sentence)
        if name and state:
            yield match.start(), Claim("lamp", sentence.strip()[:120], lamp=name, state=state)


def _sentence(text: str, place: int) -> str:
    begin = max(text.rfind(mark, 0, place) for mark in ".!?\n;") + 1
    ends = [text.find(mark, place) for mark in ".!?\n;"]
    end = min((one for one in ends if one >= 0), default=len(text))
    return text[begin:end]


def _speeds(text: str, now: datetime) -> Found:
    for match in words.SPEED.finditer(text):
        number = float(match.group("n").replace(",", "."))
        if match.group("unit").lower().startswith(("k", "к")):
            number /= 1000
        yield match.start(), Claim("speed", match.group().strip(), number=number)


def _generals(text: str, now: datetime) -> Found:
    for match in words.ALWAYS.finditer(text):
        if "drops" in kinds(text):
            yield match.start(), Claim("always", match.group().strip())
            break
    for match in words.NEVER.finditer(text):
        yield match.start(), Claim("never", match.group().strip())
        break


def _states(text: str, now: datetime) -> Found:
    match = words.NOT_NOW.search(text)
    if match is not None:
        yield match.start(), Claim("state", match.group().strip())
