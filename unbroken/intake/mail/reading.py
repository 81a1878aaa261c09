"""One mail, from bytes to everything the desk will ask of it. Never raises."""

import logging
import re
from dataclasses import dataclass, field, replace
from typing import Final

from unbroken.intake.inbound import (
    AgentMark,
    Inbound,
    Kind,
    LetterMark,
    Mailbox,
    MaintenanceNotice,
)
from unbroken.intake.mail import (
    abuse,
    addresses,
    agent_marks,
    auto_replies,
    bodies,
    bounces,
    charsets,
    dates,
    facts,
    headers,
    html,
    html_text,
    kinds,
    language,
    letter_marks,
    maintenance,
    mime,
    numbers,
    problems,
    quotes,
    sheet,
    tokens,
)
from unbroken.intake.mail.bodies import Contents
from unbroken.intake.mail.carriers import is_carriers_form
from unbroken.intake.mail.facts import Desk
from unbroken.intake.mail.mime import Tree

_log = logging.getLogger(__name__)
NOBODY: Final = Desk()
_MESSAGE_ID: Final = re.compile(r"<[^<>\s]{1,500}>")
_REFERENCES_MAX: Final = 1_000
_SUBJECT_MAX: Final = 2_000
_REPLY: Final = re.compile(
    r"(?i)\s*(?:re|aw|antw|r|sv|ha|отв|ответ|rif|rép|rés)\s*(?:\[\d+\])?\s*:"
)
_NESTING_MAX: Final = 3


@dataclass(slots=True)
class _Text:
    """The body as people read it."""

    whole: str = ""
    words: quotes.Words = field(default_factory=lambda: quotes.Words("", ""))
    safe: str = ""


def read(raw: bytes, desk: Desk = NOBODY) -> Inbound:
    """Read one mail; with the desk's secret its own marks are proven, too."""
    try:
        return _read(raw, desk)
    except RecursionError:
        problem: str = problems.TOO_DEEP
    except Exception:  # the edge: whatever is wrong with a mail, the next one is read
        _log.exception("A mail could not be read; its source is kept.")
        problem = problems.UNREADABLE
    return _unreadable(raw, problem)


def _unreadable(raw: bytes, problem: str) -> Inbound:
    """As much as a broken mail gives away: its head, if nothing else."""
    inbound = Inbound(problem=problem, may_auto_answer=False)
    try:
        data = mime.with_line_feeds(raw)
        head, body = headers.cut_head(data, mime.start_of(data), len(data))
        text = charsets.decode(data[body : body + 20_000])
        return replace(
            inbound,
            sender=next(iter(addresses.addresses(head.first("from"))), None),
            subject=head.text("subject")[:_SUBJECT_MAX],
            text=text,
            new_text=text,
        )
    except Exception:
        return inbound


def _read(raw: bytes, desk: Desk) -> Inbound:
    raw = mime.with_line_feeds(raw)
    tree = mime.cut(raw)
    head = tree.root.head
    contents = bodies.unpack(raw, tree)
    found = facts.facts_of(head, desk)
    subject = headers.readable(head.first("subject")[:20_000], contents.hint)[:_SUBJECT_MAX]
    text = _text_of(contents, subject)
    inbound = _envelope(head, contents.hint, subject)
    inbound = replace(
        inbound,
        text=text.whole,
        new_text=text.words.new,
        quoted_text=text.words.quoted,
        html_text=text.safe,
        is_forward=text.words.is_forward,
        attachments=tuple(contents.attachments),
        calendars=tuple(contents.calendars),
        headers=found,
        problem=contents.problem or _nothing_there(raw, head),
    )
    return _placed(_judged(inbound, raw, tree, contents, desk), head, desk)


def _nothing_there(raw: bytes, head: headers.Head) -> str | None:
    if not raw.strip(b"\r\n\t \0"):
        return problems.EMPTY
    return None if head.fields else problems.NO_HEADERS


def _envelope(head: headers.Head, hint: str, subject: str) -> Inbound:
    senders = addresses.addresses(head.first("from"), hint)
    message_id = _ids(head.first("message-id"), 1)
    given = head.first("message-id").strip()
    return Inbound(
        sender=senders[0] if senders else None,
        to=tuple(m for value in head.all("to") for m in addresses.addresses(value, hint)),
        cc=tuple(m for value in head.all("cc") for m in addresses.addresses(value, hint)),
        reply_to=addresses.addresses(head.first("reply-to"), hint),
        subject=subject,
        sent_at=dates.read(head.first("date")),
        message_id=message_id[0] if message_id else headers.one_line(given)[:500] or None,
        in_reply_to=_ids(head.first("in-reply-to"), 50),
        references=_ids(head.first("references"), _REFERENCES_MAX),
    )


def _ids(value: str, most: int) -> tuple[str, ...]:
    if not value:
        return ()
    found = _MESSAGE_ID.findall(value)
    if not found and "@" in value and len(value.split()) == 1:
        found = [f"<{value.strip('<> ')[:500]}>"]
    return tuple(dict.fromkeys(charsets.tidy(identity) for identity in found[-most:]))


# The body


def _text_of(contents: Contents, subject: str, depth: int = 0) -> _Text:
    text = _Text()
    page_source = contents.html
    page = html.open_page(page_source) if page_source else None
    text.safe = page.safe if page else ""
    plain = contents.plain
    if plain.strip() and contents.all_plain and not (page and _says_nothing(plain, page)):
        text.whole = plain
        text.words = _plain_words(plain, page, page_source, subject)
    elif page:
        _from_page(text, contents, page, subject)
    else:
        text.whole = plain
        text.words = quotes.own_words(plain, subject)
    if contents.nested and depth == 0 and contents.is_certified:
        return _certified_text(contents.nested[0], text)
    if not text.whole.strip() and contents.nested and depth < _NESTING_MAX:
        return _nested_text(contents.nested[0], text, depth)
    return text


def _says_nothing(plain: str, page: html.Page) -> bool:
    return bodies.may_be_stub(plain) and bodies.is_stub(plain, bodies.page_text(page).text)


def _from_page(text: _Text, contents: Contents, page: html.Page, subject: str) -> None:
    read_page = bodies.page_text(page)
    text.whole = read_page.text
    text.words = quotes.own_words(text.whole, subject, _hints(read_page))
    extra = contents.plain.strip()
    if (
        extra
        and not contents.all_plain
        and extra not in text.whole
        and not contents.html.count(extra[:40])
    ):
        text.whole = f"{text.whole}\n\n{extra}"


def _hints(page: html_text.HtmlText) -> sheet.Hints:
    return sheet.Hints(frozenset(page.attributions), frozenset(page.signatures), page.quoted_from)


def _plain_words(plain: str, page: html.Page | None, source: str, subject: str) -> quotes.Words:
    words = quotes.own_words(plain, subject)
    if words.has_quote or words.is_forward or page is None or not _may_quote(source):
        return words
    # The plain form hides where the quote begins; the HTML form says it.
    read_page = bodies.page_text(page)
    by_page = quotes.own_words(read_page.text, subject, _hints(read_page))
    start = _line_of(plain, by_page.quoted) if by_page.has_quote else None
    if start is None or not start:
        return words
    hints = sheet.Hints(quoted_from=start)
    return quotes.own_words(plain, subject, hints)


def _may_quote(source: str) -> bool:
    return (
        "quote" in source
        or "cite" in source
        or "divRplyFwdMsg" in source
        or "OutlookMessageHeader" in source
    )


def _line_of(plain: str, quoted: str) -> int | None:
    """The line of the plain text at which these quoted words begin."""
    wanted = "".join(quoted.replace(">", "").split())[:60]
    if len(wanted) < 12:
        return None
    joined = ""
    starts: list[int] = []
    for line in plain.split("\n"):
        starts.append(len(joined))
        joined += "".join(line.replace(">", "").split())
        if len(joined) > 200_000:
            return None
    at = joined.find(wanted)
    if at < 0:
        return None
    return next((i for i in range(len(starts) - 1, -1, -1) if starts[i] <= at), None)


def _certified_text(data: bytes, text: _Text) -> _Text:
    """Italy's certified mail: the provider's notice around the letter itself."""
    letter = _nested_text(data, _Text(), 0)
    if not letter.whole.strip():
        return text
    quoted = "\n\n".join(piece for piece in (letter.words.quoted, text.whole.strip()) if piece)
    letter.words = quotes.Words(letter.words.new, quoted)
    letter.whole = f"{letter.whole}\n\n{text.whole}"
    return letter


def _nested_text(data: bytes, text: _Text, depth: int) -> _Text:
    """A mail that only carries another one says what that one says."""
    raw = mime.with_line_feeds(data)
    tree = mime.cut(raw)
    inner = bodies.unpack(raw, tree)
    found = _text_of(inner, tree.root.head.text("subject"), depth + 1)
    whole = found.words
    found.words = quotes.Words(whole.new, whole.quoted, is_forward=True, has_quote=whole.has_quote)
    return found if found.whole.strip() else text


# The judgement


def _judged(inbound: Inbound, raw: bytes, tree: Tree, contents: Contents, desk: Desk) -> Inbound:
    head = tree.root.head
    found = inbound.headers
    whole = inbound.text
    recipients = {m.email.lower() for m in (*inbound.to, *inbound.cc)}
    recipients |= {address.lower() for address in found.delivered_to}
    kind: Kind = "message"
    if kinds.is_loop(head, found, desk, inbound.message_id or "", recipients):
        kind = "loop"
    elif (complaint := abuse.read(raw, tree, head)) is not None:
        kind = "abuse_report"
        inbound = replace(inbound, abuse=complaint)
    elif bounces.is_bounce(head, found, tree, inbound.subject, whole, inbound.sender):
        inbound, kind = _bounced(inbound, raw, tree, desk)
    else:
        inbound, kind = _message_kind(inbound, head, contents)
    return replace(
        inbound,
        kind=kind,
        may_auto_answer=kinds.may_auto_answer(kind, found, inbound.sender, inbound.reply_to),
        language=language.language_of(inbound.new_text or whole),
    )


def _message_kind(inbound: Inbound, head: headers.Head, contents: Contents) -> tuple[Inbound, Kind]:
    notices: list[MaintenanceNotice] = []
    for text in contents.calendar_texts:
        notices += maintenance.from_calendar(text)
    if notices:
        return replace(inbound, maintenance=tuple(notices)), "maintenance"
    is_reply = bool(inbound.in_reply_to or inbound.references or _REPLY.match(inbound.subject))
    if auto_replies.is_read_receipt(head.first("content-type")):
        return inbound, "auto_reply"
    if auto_replies.is_auto_reply(
        head, inbound.headers, inbound.subject, inbound.new_text or inbound.text, is_reply=is_reply
    ):
        return inbound, "auto_reply"
    if not is_reply and (
        maintenance.is_plain_notice(inbound.subject, inbound.text)
        or is_carriers_form(
            inbound.subject, inbound.text, inbound.sender.email if inbound.sender else ""
        )
    ):
        return inbound, "maintenance"
    return inbound, "message"


def _bounced(inbound: Inbound, raw: bytes, tree: Tree, desk: Desk) -> tuple[Inbound, Kind]:
    own = {m.email.lower() for m in (*inbound.to, *inbound.cc)}
    if inbound.sender:
        own.add(inbound.sender.email.lower())
    came_back = bounces.read(raw, tree, tree.root.head, inbound.text, own)
    if came_back.only_success:
        return inbound, "auto_reply"
    ids: list[str] = []
    found: list[int] = []
    proven: list[int] = []
    letter: LetterMark | None = None
    for head in came_back.returned_heads:
        ids += _ids(head.first("message-id"), 1)
        found += numbers.numbers_in(head.text("subject"))
        if desk.secret:
            marked = " ".join(
                head.first(name) for name in ("message-id", "reply-to", "from", "references")
            )
            proven += tokens.read_tokens(marked, desk.secret)
            letter = letter or letter_marks.read_letter_mark(marked, desk.secret)
    found += numbers.numbers_in(inbound.text)
    return replace(
        inbound,
        bounces=came_back.reports,
        bounced_message_ids=tuple(dict.fromkeys(ids)),
        numbers_in_bounce=tuple(dict.fromkeys(found)),
        tokens=tuple(dict.fromkeys(proven)),
        letter_mark=letter,
    ), "bounce"


def _placed(inbound: Inbound, head: headers.Head, desk: Desk) -> Inbound:
    """The tickets this mail names, and the one it most likely belongs to."""
    in_subject = numbers.numbers_in(inbound.subject)
    in_body = numbers.numbers_in(inbound.new_text)
    proven = inbound.tokens
    if desk.secret:
        proven = tuple(dict.fromkeys((*_marks(inbound, head, desk.secret), *proven)))
    ticket = next(iter((*proven, *in_subject, *inbound.numbers_in_bounce)), None)
    return replace(
        inbound,
        ticket=ticket,
        tokens=proven,
        agent_mark=_agent_mark(inbound, head, desk.secret) if desk.secret else None,
        letter_mark=_letter_mark(inbound, head, desk.secret) if desk.secret else None,
        numbers_in_subject=in_subject,
        numbers_in_body=in_body,
    )


def _marks(inbound: Inbound, head: headers.Head, secret: bytes) -> tuple[int, ...]:
    """Our marks, the most telling first: whom it answers, then whom it was sent to."""
    found = tokens.read_tokens(_threads(inbound), secret)
    marked = [value for value in _addressed(head) if "+t" in value.lower()]
    return (*found, *tokens.read_tokens(" ".join(marked), secret))


def _agent_mark(inbound: Inbound, head: headers.Head, secret: bytes) -> AgentMark | None:
    """The address first: a program may keep the thread of an older notice, but not its address."""
    marked = " ".join((*_addressed(head), _threads(inbound)))
    return agent_marks.read_agent_mark(marked, secret)


def _letter_mark(inbound: Inbound, head: headers.Head, secret: bytes) -> LetterMark | None:
    marked = " ".join((_threads(inbound), *_addressed(head)))
    return letter_marks.read_letter_mark(marked, secret) or inbound.letter_mark


def _threads(inbound: Inbound) -> str:
    return " ".join((*inbound.in_reply_to, *reversed(inbound.references)))


def _addressed(head: headers.Head) -> list[str]:
    names = ("to", "cc", "delivered-to", "x-original-to")
    return [value for name in names for value in head.all(name)]


def senders_of(inbound: Inbound) -> tuple[Mailbox, ...]:
    """Whom a person would answer."""
    return inbound.reply_to or ((inbound.sender,) if inbound.sender else ())
