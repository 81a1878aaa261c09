"""Pages leave the house: a mail with one button, and the hook that telephones or texts.

What a page says is short: what it is about, why, and the link that says "I have it". A customer's
words or name are not in it. Each leaves under its own key, so that a job that runs again pages
nobody again: the mail has one Message-ID, the hook one `Idempotency-Key`.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from unbroken.ground import http
from unbroken.ground.clock import now
from unbroken.ground.sealed import unseal
from unbroken.ground.signed import SignedNumbers
from unbroken.ground.words import _, in_language
from unbroken.intake.desk import domain
from unbroken.intake.post import send_service_mail
from unbroken.routing.escalation import reading
from unbroken.routing.escalation.reading import PageRow, PathRow
from unbroken.routing.escalation.steps import TRIGGERS
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId
from unbroken.staffing.queries import AgentCard

USEFUL_FOR = timedelta(hours=12)
_LINKS = SignedNumbers("unbroken.intake.pages", count=2, sep=":")
SUBJECT = _("Page: {why} ({what})")
YOU_ARE_PAGED = _("You are paged: {why}, {what}.")
PATH = _("Path: {path}, step {step}.")
HAVE_IT = _("Say “I have it” with one tap, and nobody else is paged:")
ELSE_NEXT = _("If nobody says so, the next step of the path is paged.")
REQUEST, PROBLEM = _("request #{number}"), _("problem {number}")
AGAIN = RetryStrategy(max_attempts=8, exponential_wait=2, retry_exceptions=[http.Unanswered])


def page_link(page_id: int, agent_id: int) -> str:
    """Where this person says that they have it."""
    return f"{settings.BASE_URL}/page/{_LINKS.token(page_id, agent_id)}"


def read_page(token: str) -> tuple[int, int] | None:
    """Which page, and who was paged; None when we did not make it."""
    found = _LINKS.read(token)
    return (found[0], found[1]) if found else None


def send_pages(page_ids: list[int], *, step: int, at: datetime) -> None:
    """What of these pages leaves the house, once each."""
    for page_id in page_ids:
        row = reading.page(page_id)
        path = reading.path(row.path_id) if row is not None else None
        card = staffing.agent(AgentId(row.agent_id)) if row is not None else None
        if row is None or path is None or card is None or not card.active:
            continue
        if "mail" in row.ways:
            _mail(row, path, card, step, at)
        if "hook" in row.ways and path.hook:
            call_hook.defer(page_id=row.id)


def what(row: PageRow, language: str) -> str:
    """What it is about, by its number alone."""
    if row.ticket_id is not None:
        return in_language(REQUEST, language, number=row.ticket_id)
    return in_language(PROBLEM, language, number=row.problem or 0)


def _mail(row: PageRow, path: PathRow, card: AgentCard, step: int, at: datetime) -> None:
    language = card.language
    told = {"why": in_language(TRIGGERS[row.why], language), "what": what(row, language)}
    lines = [
        in_language(YOU_ARE_PAGED, language, **told),
        in_language(PATH, language, path=path.name, step=step + 1),
        in_language(HAVE_IT, language),
        page_link(row.id, row.agent_id),
        in_language(ELSE_NEXT, language),
    ]
    send_service_mail(
        to=(card.name, card.email),
        subject=in_language(SUBJECT, language, **told),
        words="\n\n".join(lines) + "\n",
        language=language,
        until=at + USEFUL_FOR,
        message_id=f"page.{row.id}@{domain()}",
    )


@app.task(queue="outgoing", name="intake.call_hook", retry=AGAIN)
def call_hook(page_id: int) -> None:
    """Post one page, unless somebody has it meanwhile or it is too old to be of use."""
    row = reading.page(page_id)
    path = reading.path(row.path_id) if row is not None else None
    if row is None or path is None or not path.hook or row.state != "open":
        return
    at = now()
    if at - row.at > USEFUL_FOR:
        return
    body = json.dumps(_told(row, path), ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": f"page-{row.id}",
        "Unbroken-Signature": http.signature(unseal(path.hook_secret), body, at=at),
    }
    try:
        http.post(path.hook, body, headers)
    except http.Turned:
        return


def _told(row: PageRow, path: PathRow) -> dict[str, Any]:
    card = staffing.agent(AgentId(row.agent_id))
    language = card.language if card else "en"
    why = in_language(TRIGGERS[row.why], language)
    return {
        "page": row.id,
        "escalation": row.escalation_id,
        "path": path.key,
        "why": row.why,
        "ticket": row.ticket_id,
        "problem": row.problem,
        "agent": {"id": row.agent_id, "name": card.name, "email": card.email} if card else None,
        "language": language,
        "say": in_language(YOU_ARE_PAGED, language, why=why, what=what(row, language)),
        "acknowledge": page_link(row.id, row.agent_id),
        "paged_at": row.at.isoformat(),
    }
