"""What routing has learned; it can be learned anew from the record at any time."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection

from unbroken.ground.sql import text_of
from unbroken.routing.models import Foreseen, Learned, Turn

if TYPE_CHECKING:
    from unbroken.routing.ahead.foresee import Foreseeing

KEPT_OF_ENDED = 2000


def keep_learned(what: str, data: bytes, *, at: datetime) -> None:
    """In place of what was learned before."""
    Learned.objects.update_or_create(what=what, defaults={"data": data, "learned_at": at})


def note_turn(agent_id: int, *, at: datetime) -> None:
    """They were given something now."""
    Turn.objects.update_or_create(agent_id=agent_id, defaults={"given_at": at})


def keep_foreseen(found: "Sequence[Foreseeing]", *, at: datetime) -> None:
    """What is foreseen of these requests from now on."""
    with connection.cursor() as cursor:
        cursor.execute(
            text_of("routing/queries/write_foreseen.sql"),
            {
                "at": at,
                "tickets": [one.number for one in found],
                "versions": [one.version for one in found],
                "teams": [one.team_id for one in found],
                "p50": [one.p50_at for one in found],
                "p80": [one.p80_at for one in found],
                "news50": [one.news_p50_at for one in found],
                "news80": [one.news_p80_at for one in found],
                "begins": [one.begins_at for one in found],
                "before": [one.before for one in found],
                "halves": [one.thrown[0] for one in found],
                "mosts": [one.thrown[1] for one in found],
                "curves": [json.dumps(one.curve) for one in found],
            },
        )


def note_ended() -> None:
    """Those that are over: when they ended. What is older than the latest of them goes."""
    with connection.cursor() as cursor:
        cursor.execute(text_of("routing/queries/note_ended.sql"))
    ended = Foreseen.objects.filter(ended_at__isnull=False).order_by("-ended_at")
    last = ended.values_list("ended_at", flat=True)[KEPT_OF_ENDED : KEPT_OF_ENDED + 1].first()
    if last is not None:
        Foreseen.objects.filter(ended_at__lte=last).delete()
