"""What is said beside Anneke's request, and what is made of it: for the walks.

Carla, who stands in Cc of Anneke's mail, gets everything that a third party can get: a copy of an
answer, a message passed on, a question asked aside, to which she answers.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from tests.console.desk import a_file
from unbroken.console.privacy import state as exports
from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation import state as record_state
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.conversation.models import Delivery
from unbroken.conversation.models_beside import Highlight
from unbroken.conversation.models_working import Draft
from unbroken.ground.actor import Actor
from unbroken.intake.sending import send
from unbroken.quality.state import walls

ASIDE = """\
From: Carla Third <{carla}>
To: support@isp.example
Subject: Re: Somewhere
References: {asked}
In-Reply-To: {asked}
Message-ID: <aside-1@third.example>
Date: Sun, 24 May 2026 10:05:00 +0200

The quokka was answered aside.
"""


def tell_carla(
    ticket: TicketId, message: int, file: int, carla: str, *, by: Actor, at: datetime
) -> None:
    """A copy of an answer, a message passed on, a question; all of it leaves."""
    goes_to = conversation.reply_goes_to(ticket)
    assert goes_to is not None
    record.reply(
        ticket_id=ticket, words="For both of you.",
        goes_to=replace(goes_to, cc=(("Carla", carla),)),
        files=[a_file("both.txt", b"for both", "text/plain")], by=by, at=at,
    )  # fmt: skip
    record.forward_message(
        ticket_id=ticket, message_id=MessageId(message), to=carla, words="quokka passed on",
        attachment_ids=[file], subject="Fwd: quokka", by=by, at=at,
    )  # fmt: skip
    record.open_side(
        ticket_id=ticket, to=(("Carla", carla),), subject="Somewhere",
        words="Who was asked aside?", by=by, at=at,
    )  # fmt: skip
    for waiting in Delivery.objects.filter(ticket_id=ticket, sent_at=None):
        send(waiting.pk, at=at + timedelta(minutes=1))


def answered_aside(ticket: TicketId, carla: str) -> bytes:
    """Carla's answer to what she was asked."""
    asked = next(one for one in conversation.messages_of(ticket) if one.kind == "side")
    return ASIDE.format(carla=carla, asked=asked.message_id).replace("\n", "\r\n").encode()


def kept_beside(
    ticket: TicketId, message: int, *, agent: int, boss: int, team: int, person: int, at: datetime
) -> dict[str, int | str]:
    """A draft for colleagues, a marked passage, a screen on the wall, a file with all of hers."""
    told = {"agent_id": agent, "ticket_id": ticket, "mode": "reply"}
    record_state.save_draft(**told, text="quokka for a colleague", at=at)  # type: ignore[arg-type]
    record_state.share_draft(**told, at=at)  # type: ignore[arg-type]
    words = next(one for one in conversation.messages_of(ticket) if one.id == message).words
    record_state.mark_passage(
        message_id=message, words=words or "", start=0, passage="The quokka",
        ticket_id=ticket, agent_id=agent, at=at,
    )  # fmt: skip
    export = exports.ask(person, agent_id=boss, at=at)
    exports.make(export, at=at)
    return {
        "draft": Draft.objects.get(mode="reply", ticket_id=ticket).pk,
        "mark": Highlight.objects.get().pk,
        "export": export,
        "wall_key": walls.put_up(name="Hall", teams=[team], by=boss, at=at),
        "wall": walls.walls()[0].id,
    }
