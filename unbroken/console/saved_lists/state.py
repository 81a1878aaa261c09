"""Keeping, renaming, moving and dropping saved lists."""

from dataclasses import dataclass

from django.db import transaction

from unbroken.console.models import SavedList


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list as somebody wants it saved."""

    name: str
    words: str
    scope: str
    team_id: int | None
    is_pinned: bool


def save_list(owner_id: int, wanted: Wanted) -> int:
    """A new one, below the others of its kind."""
    last = (
        SavedList.objects.filter(scope=wanted.scope)
        .order_by("-position")
        .values_list("position", flat=True)
        .first()
    )
    saved = SavedList.objects.create(
        owner_id=owner_id,
        name=wanted.name,
        words=wanted.words,
        scope=wanted.scope,
        team_id=wanted.team_id,
        is_pinned=wanted.is_pinned,
        position=(last or 0) + 1,
    )
    return int(saved.pk)


def change_list(list_id: int, wanted: Wanted) -> None:
    """Another name, other words, for others, pinned or not."""
    SavedList.objects.filter(pk=list_id).update(
        name=wanted.name,
        words=wanted.words,
        scope=wanted.scope,
        team_id=wanted.team_id,
        is_pinned=wanted.is_pinned,
    )


def exchange_places(one_id: int, other_id: int) -> None:
    """The two stand where the other stood."""
    with transaction.atomic():
        both = SavedList.objects.select_for_update().in_bulk(sorted((one_id, other_id)))
        if len(both) < 2:
            return
        one, other = both[one_id], both[other_id]
        first, second = one.position, other.position
        if first == second:
            second += 1
        SavedList.objects.filter(pk=one_id).update(position=second)
        SavedList.objects.filter(pk=other_id).update(position=first)


def drop_list(list_id: int) -> None:
    """Nobody needs it any more."""
    SavedList.objects.filter(pk=list_id).delete()
