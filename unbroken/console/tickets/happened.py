"""What happened to a ticket between its messages, each in one short line.

An event that is told by its message (an answer, a note, a receipt) is not told twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.console.aside.telling import told as told_beside
from unbroken.console.rules.words import rule_words
from unbroken.console.sleep.words import sleep_words
from unbroken.console.tickets import labels
from unbroken.console.tickets.named import nameless
from unbroken.console.verdict.words import cause_words, looked_words
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
    "ticket.cause_recorded": "search",
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


def _words_of(event: LoggedEvent, people: Mapping[str, str], at_words: Any) -> str:
    data = event.data
    match event.kind:
        case "ticket.assigned":
            whom = [people.get(f"{k}:{data[k]}", "?") for k in ("team", "agent") if data.get(k)]
            words = (
                in_language(ASSIGNED, whom=" · ".join(whom)) if whom else in_language(UNASSIGNED)
            )
            why = _why_they(data, people, at_words)
            return f"{words}: {why}" if why else words
        case "ticket.queued":
            team = people.get(f"team:{data.get('team')}")
            return in_language(SORTED, team=team) if team else in_language(SORTED_NOWHERE)
        case "ticket.looked":
            return looked_words(data)
        case "ticket.cause_recorded":
            return cause_words(data)
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


def _why_they(data: Mapping[str, Any], people: Mapping[str, str], at_words: Any) -> str:
    """Why who was given it; and why not who is named for the customer."""
    told = [reasons.told(data.get("because"))]
    if (one := reasons.instead_of(data)) is not None:
        until = _instant(one.get("until"))
        told.append(
            reasons.told_instead(
                one,
                name=people.get(f"agent:{one['agent']}", "?"),
                taker=people.get(f"agent:{data.get('agent')}", "?"),
                until=at_words(until) if until else "",
            )
        )
    return "; ".join(filter(None, told))


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


def _instant(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
