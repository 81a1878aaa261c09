"""Who wants the status page by mail: asked, confirmed, told, ended. Ended is forgotten."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from unbroken.intake.models_subscribers import StatusReader

UNCONFIRMED_LASTS = timedelta(days=2)
BOUNCES_MAX = 5
"""So many letters that came back "for now" end it like one that came back for good."""
AT_ONCE = 500
_COLUMNS = ("id", "address", "language", "parts", "confirmed_at", "told", "telling")

Told = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One address; `telling` is not empty while a letter may be on its way."""

    id: int
    address: str
    language: str
    parts: list[str]
    confirmed_at: datetime | None
    told: dict[str, str]
    telling: dict[str, str]


def ask(*, address: str, language: str, parts: Sequence[str], at: datetime) -> Subscriber:
    """Somebody gave this address. Who has confirmed already keeps what they chose."""
    StatusReader.objects.filter(confirmed_at=None, asked_at__lt=at - UNCONFIRMED_LASTS).delete()
    said = {"language": language, "parts": list(parts), "asked_at": at}
    row, is_new = StatusReader.objects.get_or_create(address=address, defaults=said)
    if not is_new and row.confirmed_at is None:
        StatusReader.objects.filter(pk=row.pk, confirmed_at=None).update(**said)
    found = subscriber(row.pk)
    assert found is not None  # nobody else deletes what was asked for just now
    return found


def subscriber(number: int) -> Subscriber | None:
    """One of them; None: never, or no more."""
    row = StatusReader.objects.filter(pk=number).exclude(address="").values_list(*_COLUMNS).first()
    return Subscriber(*row) if row else None


def confirm(number: int, *, told: Told, at: datetime) -> None:
    """The mailbox is theirs: from now on they are told. Confirmed already changes nothing."""
    _update(number, only={"confirmed_at": None}, confirmed_at=at, told=dict(told))


def choose(number: int, *, parts: Sequence[str], language: str, told: Told) -> None:
    """Other parts from now on; what is known of those already is not told again."""
    _update(number, parts=list(parts), language=language, told=dict(told))


def end(number: int) -> None:
    """No more of it, and the address is forgotten."""
    StatusReader.objects.filter(pk=number).delete()


def confirmed() -> Iterator[Subscriber]:
    """All who are to be told, in the order in which they came."""
    after = 0
    while True:
        rows = list(
            StatusReader.objects.filter(pk__gt=after, confirmed_at__isnull=False)
            .exclude(address="")
            .order_by("pk")
            .values_list(*_COLUMNS)[:AT_ONCE]
        )
        yield from (Subscriber(*row) for row in rows)
        if len(rows) < AT_ONCE:
            return
        after = rows[-1][0]


def begin_telling(number: int, telling: Told) -> None:
    """A letter that says this much is about to leave."""
    _update(number, telling=dict(telling))


def end_telling(number: int, told: Told, *, at: datetime | None) -> None:
    """It left, or need not; `at` None: nothing left."""
    values: dict[str, Any] = {"told": dict(told), "telling": {}}
    _update(number, **(values | {"told_at": at} if at else values))


def came_back(number: int, *, is_for_good: bool) -> None:
    """A letter came back: for good ends it, and so does coming back again and again."""
    if not is_for_good:
        _update(number, bounces=F("bounces") + 1)
    gone = StatusReader.objects.filter(pk=number)
    (gone if is_for_good else gone.filter(bounces__gte=BOUNCES_MAX)).delete()


def told_since(at: datetime) -> int:
    """How many letters left since then: part of what the mail server gets a minute."""
    return StatusReader.objects.filter(told_at__gt=at).count()


def _update(number: int, *, only: Mapping[str, Any] | None = None, **values: Any) -> None:
    StatusReader.objects.filter(pk=number, **(only or {})).update(**values)
