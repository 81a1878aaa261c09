"""Mail to agents: what waits for them, and why an answer that they gave by mail was not sent.

A notice can be answered: its address carries whose it is and what it showed. It says in its first
lines after the words where an answer goes. Following a link in it sends nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings

from unbroken.conversation import queries as conversation
from unbroken.conversation.links import desk_link
from unbroken.conversation.queries import BeforeWriting, SaidMeanwhile
from unbroken.directory import queries as directory
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import Actor
from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import Phrase, _, in_language
from unbroken.intake.desk import domain, secret
from unbroken.intake.inbound import AgentMark
from unbroken.intake.mail.agent_marks import answer_address, looks_marked, notice_id
from unbroken.intake.mailboxes import by_key
from unbroken.intake.post import send_service_mail
from unbroken.staffing import queries as staffing
from unbroken.staffing.queries import AgentCard

SHOWN_MAX = 10
"""Messages in one notice, the latest ones."""

USEFUL_FOR = timedelta(days=2)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

WRITE_ABOVE = _("----- #{number}: write your answer above this line -----")
_ABOVE = re.compile(r"----- #\d{6,12}:")
SUBJECT = _("[#{number}] {why}: {subject}")
THEY_WROTE, THEY_NOTED = _("{who} wrote, {time}:"), _("{who} noted for colleagues, {time}:")
MORE_THERE = _("Earlier words stand in the request.")
GOES_TO = _("Answer this mail, and your words leave as your answer to {to}.")
GOES_NOWHERE = _("Answer this mail, and your words can be read in the portal: no address works.")
BECOMES_NOTE = _("Answer this mail, and your words become a note that only colleagues read.")
STOPPED = _("If somebody writes before your answer is here, it is kept as your draft instead.")
OPEN_IT, WHICH_MAILS = _("The request: {link}"), _("Which mails you get: {link}")

NOT_SENT = _("[#{number}] Not sent: {subject}")
NOT_SENT_WHY = _("Your answer was not sent. {why}")
KEPT_WORDS, YOUR_WORDS = _("Your words are kept as your draft:"), _("Your words:")
FILES_GONE = _("The files of your mail are not part of the draft. Attach them again.")
SEND_IT, CHANGE_IT = _("Send it as it is: {link}"), _("Change it: {link}")
DISCARD_IT = _("Discard it: {link}")
FOLLOWING = _("Each link opens the request after you signed in. Following it sends nothing.")


def days_of(at: datetime) -> int:
    """Days since 1970."""
    return (at - EPOCH).days


def holds_a_notice(words: str) -> bool:
    """Whether words that should be an agent's own hold something of a notice."""
    is_marked = _ABOVE.search(words) is not None or looks_marked(words)
    return is_marked or f"{settings.BASE_URL}/console/" in words


def send_notice(
    agent: AgentCard,
    ticket: BeforeWriting,
    *,
    why: str,
    facts: Sequence[str] = (),
    is_note: bool,
    at: datetime,
) -> None:
    """What came since the agent last looked, and the way to answer it from a mail program.

    `facts` are sentences in the agent's language about where the request stands.
    """
    language = agent.language
    lines = [_said(one, agent) for one in ticket.meanwhile[-SHOWN_MAX:]]
    if len(ticket.meanwhile) > SHOWN_MAX:
        lines.insert(0, in_language(MORE_THERE, language))
    lines += [
        *facts,
        _where_it_goes(ticket, language, is_note=is_note),
        in_language(OPEN_IT, language, link=desk_link(ticket.id)),
        in_language(WHICH_MAILS, language, link=f"{settings.BASE_URL}/console/habits"),
    ]
    subject = in_language(SUBJECT, language, number=ticket.id, why=why, subject=ticket.name)
    _send(agent, ticket, subject, lines, is_note=is_note, at=at)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An answer by mail that was not sent: why, its words, and what it did not know of."""

    why: Phrase
    words: str
    had_files: bool = False
    is_kept: bool = True
    seen: int = 0
    news: Sequence[SaidMeanwhile] = ()


def send_back(agent: AgentCard, ticket: BeforeWriting, held: HeldBack, *, at: datetime) -> None:
    """One mail: the news, the words, and the ways to send, change or discard them."""
    language, link = agent.language, f"{desk_link(ticket.id)}?held={held.seen}"
    lines = [in_language(NOT_SENT_WHY, language, why=in_language(held.why, language))]
    lines += [_said(one, agent) for one in held.news[-SHOWN_MAX:]]
    lines += [in_language(KEPT_WORDS if held.is_kept else YOUR_WORDS, language), held.words]
    if held.had_files:
        lines.append(in_language(FILES_GONE, language))
    if held.is_kept:
        lines += [
            in_language(SEND_IT, language, link=f"{link}#composer-send"),
            in_language(CHANGE_IT, language, link=f"{link}#composer-words"),
            in_language(DISCARD_IT, language, link=f"{link}#composer-discard"),
            in_language(FOLLOWING, language),
            in_language(BECOMES_NOTE, language),
        ]
    subject = in_language(NOT_SENT, language, number=ticket.id, subject=ticket.name)
    _send(agent, ticket, subject, lines, is_note=True, at=at)


def _send(
    agent: AgentCard,
    ticket: BeforeWriting,
    subject: str,
    lines: Sequence[str],
    *,
    is_note: bool,
    at: datetime,
) -> None:
    mark = AgentMark(ticket.id, int(agent.id), ticket.version, days_of(at), is_note=is_note)
    box = by_key(ticket.mailbox)
    above = in_language(WRITE_ABOVE, agent.language, number=ticket.id)
    has_plus = box is not None and box.plus_addressing
    send_service_mail(
        to=(agent.name, agent.email),
        subject=subject,
        words="\n\n".join([above, *lines]) + "\n",
        language=agent.language,
        until=at + USEFUL_FOR,
        message_id=notice_id(mark, secret(), domain()),
        reply_to=answer_address(box.address, mark, secret()) if box and has_plus else "",
    )


def _where_it_goes(ticket: BeforeWriting, language: str, *, is_note: bool) -> str:
    if is_note:
        return in_language(BECOMES_NOTE, language)
    goes_to = conversation.reply_goes_to(ticket.id)
    to = ", ".join(name or address for name, address in goes_to.to) if goes_to else ""
    goes = in_language(GOES_TO, language, to=to) if to else in_language(GOES_NOWHERE, language)
    return f"{goes} {in_language(STOPPED, language)}"


def _said(one: SaidMeanwhile, agent: AgentCard) -> str:
    time = day_and_hour(one.at, zone=agent.timezone, language=agent.language)
    phrase = THEY_NOTED if one.kind == "note" else THEY_WROTE
    head = in_language(phrase, agent.language, who=_who(one), time=time)
    return f"{head}\n\n{one.words.strip()}"


def _who(one: SaidMeanwhile) -> str:
    author = Actor.parse(one.author)
    if author.kind == "agent" and author.id is not None:
        return staffing.agent_names([author.id]).get(author.id, "")
    if one.name or one.address or author.kind != "contact" or author.id is None:
        return one.name or one.address
    card = directory.contact(ContactId(author.id))
    return card.name or card.email if card else ""
