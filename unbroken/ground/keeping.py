"""What is kept for a time: each room names its kinds of old things, and how they go.

A kind is settled by the operator (`retention`): a number of days, or for ever. What the law wants
kept has a least number of days that no setting goes below.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from unbroken.ground.words import Phrase

DAYS_MAX = 36_500


@dataclass(frozen=True, slots=True)
class Keeping:
    """One kind of thing that grows old.

    `old` is a SELECT of `id` and `at`, all that is older than `%(before)s` and still there. `steps`
    are statements that let the rows `%(ids)s` go at `%(at)s`; afterwards `old` finds them no more.
    `days` as shipped, None: for ever. `because` says why it may not be fewer than `least` days.
    """

    key: str
    label: Phrase
    about: Phrase
    old: str
    steps: tuple[str, ...]
    days: int | None = None
    least: int = 1
    because: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What nobody sets: kept for ever (`lasts` None), or gone by itself soon after its use."""

    label: Phrase
    lasts: timedelta | None = None


@dataclass
class _Known:
    kinds: dict[str, Keeping] = field(default_factory=dict)
    settled: list[Settled] = field(default_factory=list)
    more: dict[str, list[str]] = field(default_factory=dict)


_known = _Known()


def keeping(kind: Keeping) -> None:
    """A room keeps something for a time; two may not share a key."""
    if kind.key in _known.kinds:
        raise RuntimeError(f"two kinds of old things are called {kind.key}")
    _known.kinds[kind.key] = kind


def also(key: str, *steps: str) -> None:
    """What a room above holds of a kind goes along, and first: it may look things up below."""
    if key not in _known.kinds:
        raise RuntimeError(f"nothing old is called {key}")
    _known.more.setdefault(key, []).extend(steps)


def settled(label: Phrase, *, lasts: timedelta | None = None) -> None:
    """Something whose time is not the operator's to set; it is shown with the others."""
    _known.settled.append(Settled(label, lasts))


def kinds() -> Mapping[str, Keeping]:
    """Every kind, those of the lower rooms first."""
    return _known.kinds


def fixed() -> tuple[Settled, ...]:
    """What nobody sets."""
    return tuple(_known.settled)


def steps_of(kind: Keeping) -> tuple[str, ...]:
    """How rows of this kind go: what other rooms hold of them first."""
    return (*_known.more.get(kind.key, ()), *kind.steps)
