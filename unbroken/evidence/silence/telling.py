"""What is to be told about a silence: how it was told before beside how it stands now. Pure.

Numbers of services, whole seconds since 1970.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Standing:
    """A silence as it was told, or as it is now. `away`: since when each; `back`: when heard."""

    element: str
    cause: str
    announced: str
    overran: bool
    away: Mapping[int, int]
    back: Mapping[int, int] = field(default_factory=dict)
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Element, cause or announced work are others."""

    was: str


@dataclass(frozen=True, slots=True)
class Gone:
    """More services went, when each."""

    services: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Back:
    """Services are back, when each."""

    services: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Over:
    """It is over, since when."""

    until: int


@dataclass(frozen=True, slots=True)
class Again:
    """It was not over, since when."""

    since: int


News = Named | Gone | Back | Over | Again


def news(told: Standing, now: Standing) -> Iterator[News]:
    """What has to be told, in the order in which it makes sense."""
    if told.until is not None and now.until is None:
        yield Again(min(now.away.values(), default=told.until))
    if names_of(told) != names_of(now):
        yield Named(told.element)
    gone = {one: since for one, since in now.away.items() if one not in told.away}
    if gone:
        yield Gone(gone)
    back = {one: at for one, at in now.back.items() if one in told.away}
    if back:
        yield Back(back)
    if told.until is None and now.until is not None:
        yield Over(now.until)


def names_of(one: Standing) -> tuple[str, str, str, bool]:
    """What it is called, and by what it is explained."""
    return (one.element, one.cause, one.announced, one.overran)


def after(told: Standing, now: Standing) -> Standing:
    """How it stands told once all that news was told."""
    away = {**told.away, **now.away}
    return replace(now, away={one: since for one, since in away.items() if one not in now.back})
