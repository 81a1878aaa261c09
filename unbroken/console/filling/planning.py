"""Ways that many share and that fill up go to the planners: a request of the house, once.

It has no customer and no service of one, so that no promise runs on it and nobody gets a mail.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from unbroken.console.filling.words import level, when
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.evidence.queries import filling
from unbroken.evidence.queries.filling import LinkRow
from unbroken.evidence.state import filling as kept
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.words import _, in_language, speaking
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import TeamId

NAME = _("{link} fills up: plan more capacity")
NAME_PARTNER = _("{link} fills up: ask {partner} for more capacity")
SERVICES = _("Services that share it: {n}")
WHERE = _("The list with its picture:")
USEFUL_FOR = timedelta(days=6)


def give_due(at: datetime) -> int:
    """Those of the latest list that nobody has yet, to the team that was chosen; how many."""
    team = kept.planners()
    lists = filling.latest_lists() if team else []
    if team is None or not lists or at.date() - lists[0].monday > USEFUL_FOR:
        return 0
    waiting = [
        one for one in filling.links_on(lists[0].monday) if one.is_shared and one.ticket_id is None
    ]
    made = 0
    for link in waiting:
        with transaction.atomic():
            row = kept.lock_link(link.id)
            if row is not None and row.ticket_id is None:
                number = open_task(link, team, language=_language(), by=HOUSE, at=at)
                kept.note_ticket(link.link, int(number), since=link.monday)
                made += 1
    return made


def open_task(
    link: LinkRow, team_id: int | None, *, language: str, by: Actor, at: datetime
) -> TicketId:
    """The request, with what is known. The caller holds the transaction."""
    with speaking(language):
        words = words_of(link)
        name = NAME if link.owner == "us" else NAME_PARTNER
        named = in_language(name, link=link.name, partner=link.owner_name)
    opening = Opening(
        name=named, channel="console", reported_at=at, language=language, may_answer=False,
    )  # fmt: skip
    said = Incoming(
        author=by, channel="console", words=words, at=at, audience="agents", kind="note",
    )  # fmt: skip
    number, _message = record.acknowledge_ticket(opening, said, by=by, at=at)
    team = staffing.team(TeamId(team_id)) if team_id else None
    if team is not None and team.active:
        record.assign_ticket(ticket_id=number, team_id=team.id, agent_id=None, by=by, at=at)
    return number


def words_of(link: LinkRow) -> str:
    """When it is full, how full it is, who hangs on it, where the picture is."""
    told = [when(link), level(link)]
    if link.is_shared:
        told.append(in_language(SERVICES, n=link.services))
    told.append(f"{link.link} · {link.place}" if link.place else link.link)
    told += [in_language(WHERE), settings.BASE_URL + reverse("console:filling")]
    return "\n".join(told)


def _language() -> str:
    return str(settings.LANGUAGE_CODE).partition("-")[0]
