"""The story of a ticket: what was said and what happened, one line through time.

An event that is told by its message (an answer, a note, a receipt) is not told twice.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.console.aside.telling import told as told_beside
from unbroken.console.files import PDF, PICTURES, TEXTS
from unbroken.console.rules.words import rule_words
from unbroken.console.sleep.words import sleep_words
from unbroken.console.tickets import labels
from unbroken.console.tickets.marks import Mark
from unbroken.console.verdict.words import looked_words
from unbroken.conversation.actions.reply import LEAVES, NOTE_WITHDRAWN_WITHIN, UNDO
from unbroken.ground.events import KINDS, LoggedEvent
from unbroken.ground.words import Phrase, _, in_language
from unbroken.routing import reasons

TOLD_BY_MESSAGES = frozenset(
    {
        "ticket.message_added",
        "ticket.remark_added",
        "ticket.replied",
        "ticket.reply_withdrawn",
        "ticket.noted",
        "ticket.note_withdrawn",
        "ticket.forwarded",
        "ticket.receipted",
        "ticket.delivered",
        "ticket.delivery_failed",
        "ticket.bounced",
        "ticket.customer_answered",
    }
)

HOUSE_NAME, CUSTOMER_SIDE, NOBODY = _("Unbroken"), _("Customer"), _("Somebody")
ASSIGNED, UNASSIGNED = _("Given to {whom}"), _("Laid back: nobody's yet")
HELD_UNTIL, HELD = _("{why}, until {until}"), _("{why}")
ASKED_UNTIL = _("Waiting for the customer, until {until}")
PRIORITY_IS, TYPE_IS, TOPIC_IS = _("Priority: {what}"), _("Type: {what}"), _("Topic: {what}")
TOPIC_GONE = _("No topic")
SUBJECT_CHANGED, SERVICE_CHANGED = _("Subject changed"), _("Service changed")
LINKED, UNLINKED = _("{relation} #{other}"), _("No longer linked with #{other}")
MERGED, ABSORBED = _("Merged into #{other}"), _("#{other} was merged into this request")
SPLIT, TAGGED = _("A message became request #{other}"), _("Tags: {tags}")
PAST_STEP = _("At the old desk: {activity}")
SORTED, SORTED_NOWHERE = _("Sorted to {team}"), _("Sorted to no team yet")


@dataclass(frozen=True, slots=True)
class File:
    """Something that came along or was sent along."""

    id: int
    name: str
    size: int
    media_type: str
    held: str

    @property
    def look(self) -> str:
        """How it can be looked at on the page: "picture", "text", "page", or not at all."""
        if self.held:
            return ""
        if self.media_type == PDF:
            return "page"
        return "picture" if self.media_type in PICTURES else "text" * (self.media_type in TEXTS)

    @property
    def warning(self) -> str:
        """Why it opens only on purpose."""
        phrase = labels.HELD_FILES.get(self.held)
        return in_language(phrase) if phrase else self.held


@dataclass(frozen=True, slots=True)
class Sending:
    """How far a message has come on its way out."""

    state: str
    sent_at: datetime | None
    error: str
    attempts: int


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One message as the query gives it."""

    id: int
    ticket_id: int
    version: int
    kind: str
    direction: str
    audience: str
    author: str
    channel: str
    at: datetime
    subject: str
    from_name: str
    from_address: str
    to: Sequence[Sequence[str]]
    cc: Sequence[Sequence[str]]
    intake_id: int | None
    withdrawn_at: datetime | None
    problem: str
    has_words: bool
    words: str | None
    quoted: str | None
    files: Any
    sendings: Any
    marks: Any


@dataclass(frozen=True, slots=True)
class Entry:
    """A message in the story. `look`: in, out, receipt, note, machine."""

    id: int
    ticket_id: int
    at: datetime
    look: str
    kind: str
    who: str
    address: str
    is_me: bool
    channel: str
    subject: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    words: str
    quoted: str
    is_erased: bool
    is_withdrawn: bool
    is_new: bool
    has_source: bool
    problem: str
    files: tuple[File, ...]
    sendings: tuple[Sending, ...]
    undo_until: datetime | None = None
    drafted_by: str = ""
    in_languages: tuple[tuple[str, str], ...] = ()
    """What those below were told instead: a language as the reader calls it, and the words."""
    marks: tuple[Mark, ...] = ()
    may_take_note_back: bool = False
    is_message: bool = True


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, in one short line; `id` is the event's."""

    id: int
    at: datetime
    who: str
    words: str
    sign: str
    reason: str = ""
    is_message: bool = False


SIGNS = {
    "ticket.acknowledged": "new",
    "ticket.started": "progress",
    "ticket.resumed": "progress",
    "ticket.reopened": "progress",
    "ticket.customer_asked": "hourglass",
    "ticket.held": "pause",
    "ticket.resolved": "done",
    "ticket.closed": "closed",
    "ticket.cancelled": "cancelled",
    "ticket.rejected": "cancelled",
    "ticket.assigned": "person",
    "ticket.queued": "team",
    "ticket.looked": "search",
    "ticket.classified": "tag",
    "ticket.tagged": "tag",
    "ticket.related": "link",
    "ticket.unrelated": "link",
    "ticket.merged": "merge",
    "ticket.absorbed": "merge",
    "ticket.split_off": "split",
    "ticket.watched": "person",
    "ticket.unwatched": "person",
    "ticket.checklist_added": "list",
    "ticket.item_ticked": "check",
    "ticket.item_unticked": "list",
    "ticket.item_dropped": "list",
    "ticket.fields_filled": "tag",
    "ticket.side_opened": "out",
    "ticket.side_said": "out",
    "ticket.side_answered": "in",
    "ticket.side_withdrawn": "undo",
    "ticket.side_ended": "done",
}


def entry(
    row: SaidRow, *, people: Mapping[str, str], me: str, read_version: int, at: datetime
) -> Entry:
    """One message, ready to be shown."""
    is_ours = row.author.startswith("agent:")
    sendings = tuple(_sending(sending) for sending in _list(row.sendings))
    return Entry(
        id=row.id,
        ticket_id=row.ticket_id,
        at=row.at,
        look=_look(row),
        kind=row.kind,
        who=people.get(row.author) or row.from_name or row.from_address or nameless(row.author),
        address="" if is_ours else row.from_address,
        is_me=row.author == me,
        channel=row.channel,
        subject=row.subject,
        to=tuple(_address(one) for one in _list(row.to)),
        cc=tuple(_address(one) for one in _list(row.cc)),
        words=row.words or "",
        quoted=row.quoted or "",
        is_erased=row.has_words and row.words is None,
        is_withdrawn=row.withdrawn_at is not None,
        is_new=row.author != me and row.direction == "in" and row.version > read_version,
        has_source=row.intake_id is not None,
        problem=row.problem,
        files=tuple(_file(file) for file in _list(row.files)),
        sendings=sendings,
        undo_until=_undo_until(row, sendings, at) if row.author == me else None,
        may_take_note_back=(row.author, row.kind, row.withdrawn_at) == (me, "note", None)
        and at - row.at <= NOTE_WITHDRAWN_WITHIN,
    )


def happenings(
    events: Iterable[LoggedEvent], people: Mapping[str, str], at_words: Any
) -> list[Happening]:
    """The lines between the messages. `at_words(instant)` words a time for this reader."""
    found = []
    for event in events:
        if event.kind in TOLD_BY_MESSAGES or event.data.get("skipped"):
            continue
        found.append(
            Happening(
                id=event.id,
                at=event.at,
                who=people.get(event.by) or nameless(event.by),
                words=_words_of(event, people, at_words),
                sign=SIGNS.get(event.kind, "clock"),
                reason=people.get(f"said:{event.data.get('reason')}", ""),
            )
        )
    return found


def last_in_copy(said: Sequence[SaidRow]) -> list[tuple[str, str]]:
    """Who else was addressed by the customer's last message and our last answer.

    `said`: the latest first.
    """
    found: list[tuple[str, str]] = []
    for direction in ("in", "out"):
        last = next(
            (
                one
                for one in said
                if one.direction == direction
                and (one.kind, one.audience) == ("message", "customer")
                and one.withdrawn_at is None
            ),
            None,
        )
        if last is not None:
            to = _list(last.to)[1:]  # the first is who it was written to: we, or the customer
            found += [(str(pair[0]), str(pair[1])) for pair in (*to, *_list(last.cc))]
    return found


def nameless(actor: str) -> str:
    """Somebody whose name is not known any more, or never was."""
    if actor.startswith("house"):
        return in_language(HOUSE_NAME)
    if actor.startswith("contact:"):
        return in_language(CUSTOMER_SIDE)
    return in_language(NOBODY)


def named_in(events: Iterable[LoggedEvent], authors: Iterable[str]) -> dict[str, list[int]]:
    """Whose names the story needs, by kind."""
    found: dict[str, set[int]] = {
        "agents": set(),
        "contacts": set(),
        "teams": set(),
        "topics": set(),
    }
    for actor in authors:
        kind, _colon, key = actor.partition(":")
        if f"{kind}s" in found and key.isdigit():
            found[f"{kind}s"].add(int(key))
    for event in events:
        for field, kind in (
            ("agent", "agents"),
            ("drafted_by", "agents"),
            ("team", "teams"),
            ("topic", "topics"),
            ("contact", "contacts"),
        ):
            if isinstance(event.data.get(field), int):
                found[kind].add(event.data[field])
    return {kind: sorted(ids) for kind, ids in found.items()}


def _words_of(event: LoggedEvent, people: Mapping[str, str], at_words: Any) -> str:
    data = event.data
    match event.kind:
        case "ticket.assigned":
            whom = [people.get(f"{k}:{data[k]}", "?") for k in ("team", "agent") if data.get(k)]
            words = (
                in_language(ASSIGNED, whom=" · ".join(whom)) if whom else in_language(UNASSIGNED)
            )
            return ": ".join(one for one in (words, reasons.told(data.get("because"))) if one)
        case "ticket.queued":
            team = people.get(f"team:{data.get('team')}")
            return in_language(SORTED, team=team) if team else in_language(SORTED_NOWHERE)
        case "ticket.looked":
            return looked_words(data)
        case "ticket.held":
            why = labels.WAITING_FOR.get(str(data.get("waiting_for")), labels.WAITING_FOR[""])
            until = _instant(data.get("until"))
            return (
                in_language(HELD_UNTIL, why=why, until=at_words(until))
                if until
                else in_language(why)
            )
        case "ticket.past_step":
            return in_language(PAST_STEP, activity=data.get("activity"))
        case "ticket.rule_acted":
            return rule_words(data)
        case "ticket.snoozed" | "ticket.woken":
            until = _instant(data.get("until"))
            return sleep_words(event.kind, data, at_words(until) if until else "")
        case "ticket.customer_asked" if data.get("until"):
            return in_language(ASKED_UNTIL, until=at_words(_instant(data["until"])))
        case "ticket.classified":
            return ", ".join(_classified(data, people)) or _says(event)
        case "ticket.related":
            relation = labels.RELATIONS.get(str(data.get("relation")), Phrase("–"))
            return in_language(LINKED, relation=relation, other=data.get("other"))
        case "ticket.unrelated":
            return in_language(UNLINKED, other=data.get("other"))
        case "ticket.merged":
            return in_language(MERGED, other=data.get("into"))
        case "ticket.absorbed":
            return in_language(ABSORBED, other=data.get("other"))
        case "ticket.split_off":
            return in_language(SPLIT, other=data.get("other"))
        case "ticket.tagged":
            tags = [f"+{t}" for t in data.get("added", ())] + [
                f"−{t}" for t in data.get("removed", ())
            ]
            return in_language(TAGGED, tags=" ".join(tags))
    return told_beside(event, people) or _says(event)


def _classified(data: Mapping[str, Any], people: Mapping[str, str]) -> list[str]:
    found = []
    if data.get("ticket_type"):
        found.append(in_language(TYPE_IS, what=labels.TYPES.get(data["ticket_type"], Phrase("?"))))
    if data.get("topic"):
        found.append(in_language(TOPIC_IS, what=people.get(f"topic:{data['topic']}", "?")))
    elif data.get("topic") == 0:
        found.append(in_language(TOPIC_GONE))
    if data.get("priority"):
        found.append(
            in_language(PRIORITY_IS, what=labels.PRIORITIES.get(data["priority"], Phrase("?")))
        )
    if data.get("service"):
        found.append(in_language(SERVICE_CHANGED))
    if data.get("name_changed"):
        found.append(in_language(SUBJECT_CHANGED))
    return found


def _says(event: LoggedEvent) -> str:
    known = KINDS.get(event.kind)
    return in_language(known.says) if known else event.kind


def _undo_until(row: SaidRow, sendings: Sequence[Sending], at: datetime) -> datetime | None:
    """Until when whoever sent it may take it back; None once it has left."""
    if row.direction != "out" or row.kind not in LEAVES or row.withdrawn_at is not None:
        return None
    if any(one.state != "waiting" for one in sendings):
        return None
    until = row.at + UNDO
    return until if at < until else None


def _look(row: SaidRow) -> str:
    if row.kind == "forward":
        return "forward"
    if row.audience == "agents" and row.author.startswith("agent:"):
        return "note"
    if row.direction == "out":
        return "receipt" if row.kind == "receipt" else "out"
    return "in" if row.kind == "message" else "machine"


def _address(pair: Sequence[str]) -> str:
    name, address = [*pair, "", ""][:2]
    return f"{name} <{address}>" if name and address else name or address


def _file(data: Mapping[str, Any]) -> File:
    return File(data["id"], data["name"], data["size"], data["media_type"], data["held"])


def _sending(data: Mapping[str, Any]) -> Sending:
    return Sending(
        data["state"],
        _instant(data["sent_at"]),
        data["error"],
        data["attempts"],
    )


def _list(value: Any) -> list[Any]:
    """JSON as the driver gives it: read already, or still text."""
    read = json.loads(value) if isinstance(value, str) else value
    return read or []


def _instant(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
