"""Reports that people keep, who wants them by mail, and what they came to: working state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from unbroken.quality.models import ReportAnswer, ReportMail, SavedReport

KEPT_FOR = timedelta(days=3)
NAME_MAX = 80
FAILURES_MAX = 3
RESTS = timedelta(minutes=20)
"""After a failure a mail is tried again so much later."""

Asked = Mapping[str, Any]
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved report as its reader sees it; `every` is how often they want it by mail."""

    id: int
    name: str
    asked: Asked
    scope: str
    team_id: int | None
    owner_id: int
    owner: str
    every: str
    stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to, and when."""

    key: str
    asked: Asked
    sight: Asked
    state: str
    rows: list[Row]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants this report by mail."""

    id: int
    report_id: int
    name: str
    asked: Asked
    agent_id: int
    every: str
    last_period: str
    failures: int


def saved_reports(*, agent_id: int, team_ids: Sequence[int]) -> list[Saved]:
    """Their own, those of their teams, everybody's; by name."""
    found = SavedReport.objects.select_related("owner").filter(
        Q(scope="mine", owner_id=agent_id) | Q(scope="team", team_id__in=team_ids) | Q(scope="all")
    )
    mine = ReportMail.objects.filter(agent_id=agent_id)
    wishes = {one.report_id: one for one in mine}
    return [
        Saved(
            one.pk, one.name, one.asked, one.scope, one.team_id, one.owner_id, one.owner.name,
            wishes[one.pk].every if one.pk in wishes else "",
            wishes[one.pk].stopped_at if one.pk in wishes else None,
        )
        for one in found.order_by("name", "id")
    ]  # fmt: skip


def keep(
    *, name: str, asked: Asked, scope: str, team_id: int | None, owner_id: int, at: datetime
) -> int:
    """A question is kept under a name."""
    made = SavedReport.objects.create(
        name=name[:NAME_MAX], asked=dict(asked), scope=scope, team_id=team_id,
        owner_id=owner_id, made_at=at,
    )  # fmt: skip
    return int(made.pk)


def alter(report_id: int, *, name: str, asked: Asked) -> None:
    """It asks something else from now on; whoever has it by mail gets that."""
    SavedReport.objects.filter(pk=report_id).update(name=name[:NAME_MAX], asked=dict(asked))


def drop(report_id: int) -> None:
    """Nobody needs it any more, and nobody gets it."""
    with transaction.atomic():
        ReportMail.objects.filter(report_id=report_id).delete()
        SavedReport.objects.filter(pk=report_id).delete()


def wish(*, report_id: int, agent_id: int, every: str, period: str) -> None:
    """By mail so often, from the next period on; empty: not any more."""
    if every:
        ReportMail.objects.update_or_create(
            report_id=report_id,
            agent_id=agent_id,
            defaults={
                "every": every, "last_period": period, "failures": 0, "failed_at": None,
                "stopped_at": None,
            },
        )  # fmt: skip
    else:
        ReportMail.objects.filter(report_id=report_id, agent_id=agent_id).delete()


def wishes(*, at: datetime) -> list[Wish]:
    """Everybody's, of those who work here; without those that rest after a failure."""
    found = ReportMail.objects.select_related("report").filter(
        Q(failed_at__isnull=True) | Q(failed_at__lte=at - RESTS),
        agent__active=True,
        stopped_at=None,
    )
    return [
        Wish(
            one.pk, one.report_id, one.report.name, one.report.asked, one.agent_id, one.every,
            one.last_period, one.failures,
        )
        for one in found.order_by("id")
    ]  # fmt: skip


def claim(wish_id: int, *, period: str) -> bool:
    """This period's mail is ours to send: true for one, whoever else asks, until it is undone."""
    waiting = ReportMail.objects.filter(pk=wish_id, stopped_at=None).exclude(last_period=period)
    return waiting.update(last_period=period, failures=0, failed_at=None) == 1


def note_failure(wish_id: int, *, at: datetime) -> bool:
    """Its mail could not be made; True when that was once too often and it is switched off."""
    ReportMail.objects.filter(pk=wish_id).update(failures=F("failures") + 1, failed_at=at)
    worn = ReportMail.objects.filter(pk=wish_id, failures__gte=FAILURES_MAX, stopped_at=None)
    return worn.update(stopped_at=at) == 1


def answer_of(key: str, *, day: date) -> Answer | None:
    """What was found today under this key."""
    one = ReportAnswer.objects.filter(key=key, day=day).first()
    return _answer(one) if one else None


def note_answer(
    key: str,
    *,
    day: date,
    asked: Asked,
    sight: Asked,
    state: str,
    rows: Sequence[Row],
    at: datetime,
) -> None:
    """What it came to; what was found days ago is forgotten."""
    ReportAnswer.objects.update_or_create(
        key=key,
        defaults={
            "day": day, "asked": dict(asked), "sight": dict(sight), "state": state,
            "rows": list(rows), "made_at": at,
        },
    )  # fmt: skip
    ReportAnswer.objects.filter(made_at__lt=at - KEPT_FOR).delete()


def next_waiting() -> Answer | None:
    """The question that waits longest for the watch."""
    one = ReportAnswer.objects.filter(state="waiting").order_by("made_at").first()
    return _answer(one) if one else None


def note_failed(key: str, *, at: datetime) -> None:
    """It cannot be made; whoever asks again in earnest has it tried again."""
    ReportAnswer.objects.filter(key=key).update(state="failed", made_at=at)


def forget_waiting(key: str) -> None:
    """Nobody waits for it any more: it was made for other rights, or its asker has left."""
    ReportAnswer.objects.filter(key=key, state="waiting").delete()


def _answer(one: ReportAnswer) -> Answer:
    return Answer(one.key, one.asked, one.sight, one.state, one.rows, one.made_at)
