"""Keeping what was done to many, so that the one who did it can look at it and take it back."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from unbroken.console.many.deeds import Deed
from unbroken.console.many.doing import Result
from unbroken.console.models import DoneToMany

KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, and what became of each."""

    id: int
    deed: Deed
    at: datetime
    results: tuple[Result, ...]
    undone_at: datetime | None

    @property
    def changed(self) -> list[Result]:
        """Those it did something to."""
        return [one for one in self.results if one.is_changed]

    @property
    def refused(self) -> list[Result]:
        """Those it could not be done to."""
        return [one for one in self.results if one.refused]


def keep(agent_id: int, deed: Deed, results: Iterable[Result], *, at: datetime) -> Done:
    """Remember it for a week."""
    found = tuple(results)
    DoneToMany.objects.filter(at__lt=at - KEPT).delete()
    row = DoneToMany.objects.create(
        agent_id=agent_id,
        at=at,
        deed=str(deed),
        word=deed.word,
        results=[asdict(one) for one in found],
    )
    return Done(int(row.pk), deed, at, found, None)


def kept(agent_id: int, done_id: int) -> Done | None:
    """What this agent did; what others did is not theirs to see."""
    row = DoneToMany.objects.filter(agent_id=agent_id, pk=done_id).first()
    if row is None:
        return None
    kind, _colon, value = row.deed.partition(":")
    results = tuple(Result(**one) for one in row.results)
    return Done(int(row.pk), Deed(kind, value, row.word), row.at, results, row.undone_at)


def note_undone(done_id: int, *, at: datetime) -> bool:
    """It is taken back from now on; False when it was already."""
    untouched = DoneToMany.objects.filter(pk=done_id, undone_at__isnull=True)
    return untouched.update(undone_at=at) == 1
