"""What an agent answers to a notice: it leaves as an answer, or is kept when it does not know all.

It counts only when the mark is ours and the mail comes from that agent's own address; anybody
else's mail is read like any mail, so that a mark that got about opens nothing. A machine's mail
never becomes an answer.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from unbroken.conversation import actions
from unbroken.conversation import queries as conversation
from unbroken.conversation import state as record_state
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import FileIn
from unbroken.conversation.queries import BeforeWriting
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused
from unbroken.ground.words import Phrase, _
from unbroken.intake.agents_mail import HeldBack, days_of, holds_a_notice, send_back
from unbroken.intake.entering.handing import Wish, due_in, wish_in
from unbroken.intake.entering.outcome import Outcome, Taken
from unbroken.intake.inbound import AgentMark, Inbound
from unbroken.intake.mail import part_bytes
from unbroken.intake.models import Intake
from unbroken.intake.threading import is_heard_of, reference_key, remember
from unbroken.routing import actions as routing
from unbroken.routing.actions import chain
from unbroken.routing.chain.parcel import Hands, Parcel
from unbroken.routing.queries import sight
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId
from unbroken.staffing.permissions import ANSWER
from unbroken.staffing.queries import AgentCard

ANSWERED_WITHIN_DAYS = 14
"""How long a notice can be answered: what leaked long ago is worth nothing."""

LOGO_BYTES_MAX = 20_000
"""Pictures of a signature are smaller; a picture inside the words that is larger is sent along."""

LETTERS_MAX = 2_000

NEWS = _("Somebody wrote before it was here.")
LATE = _("The mail that you answered is older than two weeks.")
MOVED = _("The request was merged into another one meanwhile.")
NOT_YOURS = _("You may not answer this request, or not any more.")
BY_MACHINE = _("It looks like an automatic answer.")
UNCUT = _("Your words could not be told from the mail that they answer.")
UNSAFE = _("A file that came with it is not safe to send on.")
BELOW = _("Other requests below this one would get it too: look who they are.")
EMPTY = _("There was nothing in it.")
HAND_HOW = _(
    "To hand over by mail, name a team or a person of ours in the first line, then on lines of "
    "their own: done, needed, by."
)
IMPOSSIBLE = _("The request does not take an answer now.")


def enter_agents(taken: Taken, mail: Inbound, *, at: datetime) -> Outcome | None:
    """What became of an agent's answer; None when it is none, and is to be read like any mail."""
    mark = mail.agent_mark
    agent = staffing.agent(AgentId(mark.agent)) if mark else None
    if mark is None or agent is None or not agent.active or not _is_from(mail, agent):
        return None
    number = TicketId(mark.ticket)
    if mail.kind != "message" or is_heard_of(mail):
        return Outcome("kept", number)
    answer = _Answer(agent, mark, mail, taken, at)
    here = conversation.surviving(number)
    ticket = conversation.before_writing(
        here, seen=mark.seen, sight=sight(agent), letters=LETTERS_MAX
    )
    if mail.message_id:
        remember([(reference_key(mail.message_id), here)])
    if ticket is None or ANSWER not in agent.permissions:
        return _give_back(answer, number)
    why = _why_not(answer, ticket)
    if why is EMPTY and mark.is_note:
        return Outcome("kept", here)
    if why is None:
        try:
            with transaction.atomic():
                return _say(answer, ticket)
        except Refused:
            why = IMPOSSIBLE
    return _hold(answer, ticket, why)


@dataclass(frozen=True, slots=True)
class _Answer:
    agent: AgentCard
    mark: AgentMark
    mail: Inbound
    taken: Taken
    at: datetime

    @property
    def words(self) -> str:
        return self.mail.new_text.strip()

    @property
    def mode(self) -> str:
        """What is for colleagues never becomes the draft of an answer to the customer."""
        return "note" if self.mark.is_note or self.wish is not None else "reply"

    @property
    def wish(self) -> Wish | None:
        """To whom they hand it over, where that is what they wrote."""
        return wish_in(self.words)

    @property
    def files(self) -> list[FileIn]:
        """What was attached, with its bytes; a signature's pictures are left out."""
        wanted = [
            part
            for part in self.mail.attachments
            if not (part.inline and part.size <= LOGO_BYTES_MAX)
        ]
        if not wanted:
            return []
        raw = bytes(Intake.objects.values_list("raw", flat=True).get(pk=self.taken.id) or b"")
        found = []
        for part in wanted:
            data = part_bytes(raw, part.path) or b""
            digest = hashlib.sha256(data).digest()
            found.append(FileIn(part.name, part.type, len(data), digest, data=data))
        return found


def _is_from(mail: Inbound, agent: AgentCard) -> bool:
    return mail.sender is not None and mail.sender.email.casefold() == agent.email.casefold()


def _why_not(answer: _Answer, ticket: BeforeWriting) -> Phrase | None:
    """What keeps it from being said, the most telling reason first."""
    mail, mark = answer.mail, answer.mark
    if not mail.may_auto_answer:
        return BY_MACHINE
    if days_of(answer.at) - mark.day > ANSWERED_WITHIN_DAYS:
        return LATE
    if holds_a_notice(mail.new_text):
        return UNCUT
    if any(part.held for part in mail.attachments):
        return UNSAFE
    if not answer.words and not answer.files:
        return EMPTY
    if answer.wish is not None and _parcel(answer, ticket) is None:
        return HAND_HOW
    if mark.is_note or answer.wish is not None:
        return None
    if ticket.id != mark.ticket:
        return MOVED
    if ticket.meanwhile:
        return NEWS
    return BELOW if conversation.children_of(ticket.id) else None


def _say(answer: _Answer, ticket: BeforeWriting) -> Outcome:
    """As if it had been sent from the screen. The caller holds the transaction."""
    by, at, number = Actor.agent(answer.agent.id), answer.at, TicketId(ticket.id)
    if answer.wish is not None:
        return _hand_over(answer, ticket)
    if answer.mark.is_note:
        note = actions.note_ticket(
            ticket_id=number, words=answer.words, files=answer.files, by=by, at=at
        )
        return Outcome("remark", number, note)
    if ticket.assignee_id is None and answer.agent.team_ids:
        routing.give_to_agent(ticket_id=number, agent_id=answer.agent.id, by=by, at=at)
    if ticket.status == "acknowledged":
        actions.start_work(ticket_id=number, by=by, at=at)
    message, _delivery = actions.reply(
        ticket_id=number,
        words=answer.words,
        goes_to=conversation.reply_goes_to(number),
        files=answer.files,
        by=by,
        at=at,
    )
    return Outcome("answered", number, message)


def _parcel(answer: _Answer, ticket: BeforeWriting) -> tuple[Hands, Parcel] | None:
    """To whom and with which words; None where one of the parts is missing or nobody is meant."""
    wish, agent, hands = answer.wish, answer.agent, None
    if wish is None or not wish.done or not wish.needed:
        return None
    name = wish.to.casefold()
    for team in staffing.teams():
        if name in (team.key.casefold(), team.name.casefold()):
            hands = Hands(int(team.id))
    for who in staffing.agents() if hands is None else ():
        if name in (who.name.casefold(), who.email.casefold()) and who.team_ids:
            theirs = ticket.team_id if ticket.team_id in who.team_ids else min(who.team_ids)
            hands = Hands(int(theirs or 0), int(who.id))
    due_at = due_in(wish.by, answer.at, agent.timezone)
    if hands is None or due_at is None or due_at <= answer.at:
        return None
    return hands, Parcel(wish.done, wish.needed, due_at, language=agent.language)


def _hand_over(answer: _Answer, ticket: BeforeWriting) -> Outcome:
    """To a team or a person with the three parts; files become a note for colleagues."""
    by, at, found = Actor.agent(answer.agent.id), answer.at, _parcel(answer, ticket)
    number = TicketId(ticket.id)
    assert found is not None
    hands, parcel = found
    chain.hand_over(ticket_id=number, to=hands, parcel=parcel, by=by, at=at)
    if not answer.files:
        return Outcome("remark", number)
    note = actions.note_ticket(
        ticket_id=number, words=parcel.done, files=answer.files, by=by, at=at
    )
    return Outcome("remark", number, note)


def _hold(answer: _Answer, ticket: BeforeWriting, why: Phrase) -> Outcome:
    """Kept as the agent's draft, below what they had begun; one mail says why, and what is new."""
    agent, mode = answer.agent, answer.mode
    begun = record_state.draft(agent_id=agent.id, ticket_id=ticket.id, mode=mode)
    words = "\n\n".join(filter(None, (begun, answer.words)))
    record_state.save_draft(
        agent_id=agent.id, ticket_id=ticket.id, mode=mode, text=words, at=answer.at
    )
    held = HeldBack(
        why,
        answer.words,
        had_files=bool(answer.mail.attachments),
        seen=answer.mark.seen,
        news=ticket.meanwhile,
    )
    if why is not BY_MACHINE:  # two machines would write to each other for ever
        send_back(agent, ticket, held, at=answer.at)
    return Outcome("held", TicketId(ticket.id))


def _give_back(answer: _Answer, number: TicketId) -> Outcome:
    """They may not see the request any more: their words go back to them, and nowhere else."""
    words = HeldBack(NOT_YOURS, answer.words, is_kept=False)
    nothing_of_it = BeforeWriting(
        id=number, name="", status="", version=0, team_id=None, assignee_id=None, mailbox="",
        merged_into=None, said=[],
    )  # fmt: skip
    send_back(answer.agent, nothing_of_it, words, at=answer.at)
    return Outcome("held", number)
