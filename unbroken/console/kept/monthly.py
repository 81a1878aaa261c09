"""The month's promises by mail, to every head of support: once, on its first morning after."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from unbroken.console.access import may
from unbroken.console.kept import counting
from unbroken.console.kept.asking import Asked
from unbroken.console.kept.pages import hours, percent
from unbroken.ground.words import _, in_language, speaking
from unbroken.intake.post import send_service_mail
from unbroken.quality.counting import desk_zone
from unbroken.quality.state import months
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import HEAD, SEE_REPORTS
from unbroken.staffing.queries import AgentCard

SENT_FROM_HOUR, LAST_DAY = 6, 7
USEFUL_FOR = timedelta(days=7)
SUBJECT = _("Promises in {month}: {share} kept")
SUM = _("{kept} promises were kept and {missed} missed: {share}. The month before: {before}.")
LINE = _("{name}: {share} kept, {missed} missed; the middle one {median}, 95 of 100 within {p95}")
OUTAGES = _("Total outages: {n}; the middle one {median} round the clock, 95 of 100 within {p95}")
NOT_REACHED = _("{agreement}, {promise}: {got} reached, {percent} promised")
NO_AVAILABILITY = _("Service {service}: available {got}, {percent} promised")
WHOLE = _("Everything, with the requests behind each number:")


def send_due(at: datetime) -> int:
    """To each head of support who has not got last month's yet; returns how many were sent."""
    here = at.astimezone(desk_zone())
    if here.hour < SENT_FROM_HOUR or here.day > LAST_DAY:
        return 0
    month = (here.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    told = months.told(f"{month:%Y-%m}")
    wanted = [
        one
        for one in staffing.agents()
        if one.role == HEAD and may(one, SEE_REPORTS) and one.id not in told
    ]
    return sum(_send(one, month, at) for one in wanted)


def _send(agent: AgentCard, month: date, at: datetime) -> bool:
    """One mail, queued in the transaction that notes it; an empty month is noted and not told."""
    with transaction.atomic(), speaking(agent.language):
        if not months.claim(agent.id, f"{month:%Y-%m}"):
            return False
        asked = Asked(month, months=1)
        lines = counting.figures(agent, asked)
        if not lines:
            return False
        share, words = _words(agent, asked, lines, at)
        send_service_mail(
            to=(agent.name, agent.email),
            subject=in_language(SUBJECT, month=f"{month:%Y-%m}", share=share),
            words=words,
            language=agent.language,
            until=at + USEFUL_FOR,
        )
    return True


def _words(
    agent: AgentCard, asked: Asked, lines: list[counting.Figures], at: datetime
) -> tuple[str, str]:
    kept, missed = counting.total(lines)
    before = Asked((asked.last - timedelta(days=1)).replace(day=1), months=1)
    was = counting.total(counting.figures(agent, before))
    share = _share(kept, missed)
    text = [in_language(SUM, kept=kept, missed=missed, share=share, before=_share(*was))]
    text.append("\n".join(_line(one) for one in lines))
    for one in counting.figures(agent, asked, kind="outage", by="month", wall=True):
        median, p95 = hours(one.lengths[1]), hours(one.lengths[3])
        text.append(in_language(OUTAGES, n=one.ended, median=median, p95=p95))
    text += filter(None, ["\n".join(_not_reached(agent, asked, at))])
    link = f"{settings.BASE_URL}{reverse('console:promises')}?month={asked.last:%Y-%m}&months=1"
    return share, "\n\n".join([*text, in_language(WHOLE), link]) + "\n"


def _share(kept: int, missed: int) -> str:
    return percent(100 * kept / (kept + missed) if kept + missed else None)


def _line(one: counting.Figures) -> str:
    return in_language(
        LINE, name=one.name, share=percent(one.share), missed=one.missed,
        median=hours(one.lengths[1]), p95=hours(one.lengths[3]),
    )  # fmt: skip


def _not_reached(agent: AgentCard, asked: Asked, at: datetime) -> list[str]:
    """What was promised over the month and not reached."""
    names = counting.measure_names()
    shares = [
        in_language(
            NOT_REACHED, agreement=one.name, promise=names.get(one.measure, one.measure),
            got=percent(one.got, 1), percent=percent(float(one.percent), 1),
        )
        for one in counting.shares(asked)
        if not one.is_reached
    ]  # fmt: skip
    services = [
        in_language(
            NO_AVAILABILITY, service=one.service or one.service_id, got=percent(one.got, 3),
            percent=percent(float(one.percent or 0), 3),
        )
        for one in counting.availability(agent, asked.last, at=at)
        if not one.is_reached
    ]  # fmt: skip
    return shares + services
