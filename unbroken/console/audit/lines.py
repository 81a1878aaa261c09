"""The record as it is read: who, what, on which thing, why they might, and from where."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from unbroken.console.admin import history
from unbroken.console.audit.asking import Place, Wanted
from unbroken.ground.events import logged
from unbroken.ground.sql import rows
from unbroken.ground.words import Phrase, _, in_language, speaking
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import PERMISSIONS
from unbroken.staffing.state import traces

PAGE = 50
SAYS: Mapping[str, Phrase] = {
    traces.SIGNED_IN: _("Signed in."),
    traces.SIGNED_OUT: _("Signed out."),
    traces.FAILED: _("A sign-in failed."),
    traces.READ: _("Read what is not in their queues."),
    traces.EXPORTED: _("Took data away as a file."),
}
WAYS: Mapping[str, Phrase] = {
    "password": _("with the password"),
    "code": _("with a code"),
    "passkey": _("with a passkey"),
    "openid": _("at the organisation"),
    "ldap": _("at the directory"),
    "saml": _("at the organisation"),
}
NOTES: Mapping[str, Phrase] = {
    "file": _("File {number}"),
    "source": _("Message {number} as it came"),
}
THINGS: Mapping[str, tuple[Phrase, str]] = {
    "ticket": (_("Request {number}"), "console:ticket"),
    "agent": (_("Person {number}"), "console:admin_person"),
    "team": (_("Team {number}"), "console:admin_team"),
    "role": (_("Role {number}"), "console:admin_role"),
    "contact": (_("Contact {number}"), "console:admin_personal"),
    "article": (_("Article {number}"), "console:article"),
    "canned": (_("Canned answer {number}"), "console:answer"),
    "topic": (_("Topic {number}"), "console:topic"),
    "queue": (_("Queue {number}"), ""),
    "mailbox": (_("Mailbox {number}"), ""),
    "agreement": (_("Agreement {number}"), ""),
    "calendar": (_("Calendar {number}"), ""),
    "customer": (_("Customer {number}"), ""),
    "partner": (_("Partner {number}"), ""),
    "token": (_("Token {number}"), ""),
    "rule": (_("Rule {number}"), ""),
    "macro": (_("Macro {number}"), ""),
    "recurrence": (_("Recurring request {number}"), ""),
    "provider": (_("Way to sign in {number}"), ""),
    "channel": (_("Channel {number}"), ""),
    "holiday_set": (_("Holidays {number}"), ""),
    "priority_matrix": (_("Priorities"), ""),
    "consequence": (_("Consequence {number}"), ""),
    "retention": (_("How long data is kept, {number}"), ""),
    "credit": (_("Credit {number}"), ""),
    "review": (_("Review {number}"), ""),
    "field": (_("Field {number}"), ""),
    "checklist": (_("List of things to do {number}"), ""),
    "place": (_("Place {number}"), ""),
    "service": (_("Service {number}"), ""),
    "product": (_("Product {number}"), ""),
    "resource": (_("Resource {number}"), ""),
}
WITH_HISTORY = frozenset({"agent", "team", "role"})
NOBODY_KNOWN = _("somebody unknown")
THE_DESK = _("The desk itself")


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it lies in the database."""

    source: str
    id: int
    at: datetime
    who: str
    thing: str
    kind: str
    version: int
    data: str | None
    note: str
    why: str
    place: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is read."""

    at: datetime
    who: str
    says: str
    details: tuple[str, ...]
    thing: str
    thing_name: str
    thing_address: str
    why: str
    place: str


def page_of(wanted: Wanted, zone: str, *, size: int = PAGE) -> tuple[list[Line], Place | None]:
    """One page of the record, and where the next one begins."""
    found = _rows(wanted, zone, limit=size + 1)
    if len(found) <= size:
        return worded(found), None
    last = found[size - 1]
    return worded(found[:size]), Place(last.at, last.source, last.id)


def all_of(wanted: Wanted, zone: str, *, language: str, most: int) -> Iterator[Line]:
    """Everything that was asked for, in portions, up to so many lines.

    It is drawn while it is sent, when the request is over: the reader's language is kept from now.
    """
    left, place = most, wanted.place
    while left > 0:
        with speaking(language):
            lines, more = page_of(replace(wanted, place=place), zone, size=min(left, 500))
        yield from lines
        left -= len(lines)
        if more is None:
            return
        place = more


def worded(found: Iterable[Row]) -> list[Line]:
    """Rows in the reader's language."""
    found = list(found)
    names = history.actor_names({one.who for one in found if one.who} | _agents_in(found))
    groups = {
        "team": {int(one.id): one.name for one in staffing.every_team()},
        "role": {int(one.id): one.name for one in staffing.roles()},
        "agent": {int(k.removeprefix("agent:")): v for k, v in names.items() if "agent:" in k},
    }
    return [_line(one, names, groups) for one in found]


def _rows(wanted: Wanted, zone: str, *, limit: int) -> list[Row]:
    query = "lines_of_ticket" if wanted.of_ticket else "lines"
    path = f"console/audit/queries/{query}.sql"
    return rows(Row, path, **wanted.params(zone, limit=limit))


def _agents_in(found: Iterable[Row]) -> set[str]:
    return {one.thing for one in found if one.thing.startswith("agent:")}


def _line(one: Row, names: Mapping[str, str], groups: Mapping[str, Mapping[int, str]]) -> Line:
    thing = _erased(one) or one.thing
    name, address = _thing(thing, groups)
    says, details = _trace(one) if one.source == "t" else _deed(one, groups["team"])
    return Line(
        at=one.at,
        who=names.get(one.who, one.who) or in_language(NOBODY_KNOWN),
        says=says,
        details=tuple(details),
        thing=thing,
        thing_name=name,
        thing_address=address,
        why=in_language(PERMISSIONS[one.why]) if one.why in PERMISSIONS else one.why,
        place=one.place,
    )


def _erased(one: Row) -> str:
    """Whom an erasure was about; empty for everything else."""
    if one.kind != "house.erased" or one.data is None:
        return ""
    data = json.loads(one.data) if isinstance(one.data, str) else one.data
    return str(data.get("whose", ""))


def _trace(one: Row) -> tuple[str, list[str]]:
    says = in_language(SAYS[one.kind]) if one.kind in SAYS else one.kind
    kind, _colon, number = one.note.partition(":")
    if kind in NOTES:
        return says, [in_language(NOTES[kind], number=number)]
    return says, [in_language(WAYS[one.note]) if one.note in WAYS else one.note] * bool(one.note)


def _deed(one: Row, teams: Mapping[int, str]) -> tuple[str, Iterable[str]]:
    event = logged((one.id, one.thing, one.version, one.kind, one.at, one.who, one.data, False))
    return history.says(event), history.details(event, teams)


def _thing(thing: str, groups: Mapping[str, Mapping[int, str]]) -> tuple[str, str]:
    """What a thing is called, and where it is shown with its history."""
    kind, _colon, key = thing.partition(":")
    if thing == "house":
        return in_language(THE_DESK), ""
    if kind not in THINGS or not key.isdigit():
        return thing, ""
    phrase, page = THINGS[kind]
    name = groups.get(kind, {}).get(int(key)) or in_language(phrase, number=key)
    if not page:
        return name, ""
    return name, reverse(page, args=[int(key)]) + ("#history" if kind in WITH_HISTORY else "")
