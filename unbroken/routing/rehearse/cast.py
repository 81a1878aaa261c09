"""Who works in the rehearsal, when, and what the customers of that week need. Pure, and always the
same for the same number."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import exp, log
from random import Random
from zoneinfo import ZoneInfo

MONDAY = date(2026, 6, 1)
ZONES = ("Europe/Berlin", "Asia/Yekaterinburg", "America/New_York")
LANGUAGES = ("en", "ru", "it")
TEAMS = ("first", "routers", "billing", "hosting")
SHARES = {"first": 12, "routers": 5, "billing": 4, "hosting": 3}
TOPICS = ("drops", "slow", "routing", "invoice", "server")
STARTS = {"first": "first", "server": "first"}
LEGS = ((1, 52), (2, 25), (3, 12), (4, 5), (5, 2), (6, 1), (7, 1), (8, 1), (10, 1))
"""How many legs a request has, of a hundred; the public log of Volvo IT: 49, 29, 15."""

BY_HOUR = (1, 1, 1, 1, 1, 2, 4, 7, 10, 11, 11, 10, 9, 9, 9, 9, 8, 8, 7, 6, 5, 4, 3, 2)
WORK_MINUTES = 8.0
ASKS = 0.12
"""Of legs, so many need an answer of the customer first."""

OCCUPIED = 0.85
"""Of their hours people work on requests for so much."""


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who works here."""

    name: str
    team: str
    zone: str
    languages: tuple[str, ...]
    week: dict[str, list[list[str]]]
    is_ill_on: int | None = None


@dataclass(slots=True)
class Request:
    """What somebody needs: legs of (team, seconds of work, wait for the customer or 0)."""

    at: datetime
    customer: int
    language: str
    topic: str
    legs: list[tuple[str, float, float]]


def players(agents: int) -> list[Player]:
    """Everybody: each team in all zones as far as it has people for that."""
    found: list[Player] = []
    for team in TEAMS:
        many = max(1, round(agents * SHARES[team] / 24))
        for number in range(many):
            zone = ZONES[number % len(ZONES)]
            found.append(
                Player(
                    name=f"{team.title()} {number + 1}",
                    team=team,
                    zone=zone,
                    languages=(LANGUAGES[number % 3], "en"),
                    week=_week(number, many),
                    is_ill_on=2 if number == many - 1 and many > 2 else None,
                )
            )
    return found


def _week(number: int, many: int) -> dict[str, list[list[str]]]:
    """Five days of eight hours, early or late, the free days spread; a small team by weekdays."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    hours = [["08:00", "12:00"], ["12:30", "16:30"]]
    if (number // len(ZONES)) % 2:
        hours = [["11:00", "15:00"], ["15:30", "19:30"]]
    free = {(number * 2 + 5) % 7, (number * 2 + 6) % 7} if many > 5 else {5, 6}
    return {day: [list(one) for one in hours] for n, day in enumerate(days) if n not in free}


def requests(*, a_day: float, days: int, customers: int, seed: int = 5) -> Iterator[Request]:
    """Everything that is asked, in order; eight minutes of work on average over all legs."""
    dice = Random(seed)
    start = datetime.combine(MONDAY, datetime.min.time(), ZoneInfo(ZONES[0]))
    whole = sum(BY_HOUR)
    for hour in range(24 * days):
        expected = a_day * BY_HOUR[hour % 24] / whole
        at = 0.0
        while (at := at + dice.expovariate(expected)) < 1.0:
            yield _request(start + timedelta(hours=hour + at), customers, dice)


def _request(at: datetime, customers: int, dice: Random) -> Request:
    topic = dice.choice(TOPICS)
    count = dice.choices([n for n, _ in LEGS], [share for _, share in LEGS])[0]
    minutes = WORK_MINUTES * exp(dice.gauss(-0.18, 0.6))
    parts = [dice.uniform(0.5, 1.5) for _ in range(count)]
    legs, team = [], "first"
    for number, part in enumerate(parts):
        wait = 3600 * exp(dice.gauss(log(2.0), 0.8)) if dice.random() < ASKS else 0.0
        legs.append((team, 60 * minutes * part / sum(parts), wait if number else 0.0))
        team = _next(topic, team, dice)
    return Request(at, dice.randrange(customers), dice.choice(LANGUAGES), topic, legs)


def _next(topic: str, team: str, dice: Random) -> str:
    """A line goes to the router people, money to billing, servers to hosting; then back and on."""
    main = {"invoice": "billing", "server": "hosting"}.get(topic, "routers")
    if team == "first":
        return main
    return dice.choice([one for one in TEAMS if one != team])


def sums(agents: int, a_day: float, days: int) -> tuple[float, float]:
    """Hours of work that come, and hours in which people can do it."""
    need = a_day * days * WORK_MINUTES / 60
    weekly = sum(
        sum(_hours(span) for spans in one.week.values() for span in spans)
        - (8.0 if one.is_ill_on is not None else 0.0)
        for one in players(agents)
    )
    return need, OCCUPIED * weekly * days / 7


def _hours(span: list[str]) -> float:
    begins, ends = (int(text[:2]) + int(text[3:]) / 60 for text in span)
    return ends - begins
