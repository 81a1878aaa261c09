"""Reports that people keep, who wants them by mail, and what they came to: working state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from unbroken.quality.models import ReportAnswer, ReportMail, SavedReport

KEPT_FOR = timedelta(days=3)
NAME_MAX = 80

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


def saved_reports(*, agent_id: int, team_ids: Sequence[int]) -> list[Saved]:
    """Their own, those of their teams, everybody's; by name."""
    found = SavedReport.objects.select_related("owner").filter(
        Q(scope="mine", owner_id=agent_id) | Q(scope="team", team_id__in=team_ids) | Q(scope="all")
    )
    wishes = dict(ReportMail.objects.filter(agent_id=agent_id).values_list("report_id", "every"))
    return [
        Saved(
            one.pk, one.name, one.asked, one.scope, one.team_id, one.owner_id, one.owner.name,
            wishes.get(one.pk, ""),
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
            defaults={"every": every, "last_period": period},
        )
    else:
        ReportMail.objects.filter(report_id=report_id, agent_id=agent_id).delete()


def wishes() -> list[Wish]:
    """Everybody's, of those who work here."""
    found = ReportMail.objects.select_related("report").filter(agent__active=True)
    return [
        Wish(
            one.pk, one.report_id, one.report.name, one.report.asked, one.agent_id, one.every,
            one.last_period,
        )
        for one in found.order_by("id")
    ]  # fmt: skip


def claim(wish_id: int, *, period: str) -> bool:
    """This period's mail is ours to send: true for one, whoever else asks, until it is undone."""
    waiting = ReportMail.objects.filter(pk=wish_id).exclude(last_period=period)
    return waiting.update(last_period=period) == 1


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


def forget_waiting(key: str) -> None:
    """Nobody waits for it any more: it was made for other rights, or its asker has left."""
    ReportAnswer.objects.filter(key=key, state="waiting").delete()


def _answer(one: ReportAnswer) -> Answer:
    return Answer(one.key, one.asked, one.sight, one.state, one.rows, one.made_at)
