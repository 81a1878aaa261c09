"""Signs of presence out of the records, for the detector of silences, in order of arrival.

A session row tells when its first record, its last and its end arrived. In between it was heard
every `interim` seconds, unless its whole NAS was silent; those signs are made only around moments
where somebody asks who still lives: an element that answers no polls, a NAS that restarted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.directory.topology_queries import (
    ServiceOnNetwork,
    network_elements,
    services_on_network,
)
from unbroken.evidence import facts
from unbroken.evidence.models import AccountingPulse, Alarm, NasRestart
from unbroken.evidence.radius.records import cause_in_words
from unbroken.evidence.silence import signs
from unbroken.evidence.silence.network import Network
from unbroken.evidence.silence.signs import Sign
from unbroken.ground.sql import rows

WARM_UP = timedelta(hours=26)
"""Read so far ahead: by then everybody who is there was heard, also where sessions last a day."""

AROUND = (timedelta(minutes=45), timedelta(minutes=75))
PULSE = 300.0
LINE_ALARMS = frozenset({"LOSi", "dying-gasp", "LPR", "LOF", "LOS", "down"})
ELEMENT_ALARMS = frozenset({"LOS", "LOF", "unreachable", "power", "down"})
LINES = frozenset({"line", "cpe"})


@dataclass(frozen=True, slots=True)
class HeardSession:
    """A session as far as it says who was there, and when that became known."""

    id: int
    nas: str
    session: str
    user: str
    circuit: str
    address: str | None
    started_at: datetime
    start_arrived_at: datetime
    heard_at: datetime
    heard_arrived_at: datetime
    ended_at: datetime | None
    end_arrived_at: datetime | None
    ended_by: str
    cause: int | None
    interim: int | None


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A line's state as a poll told it, when it was another than before."""

    resource: str
    at: datetime
    received_at: datetime
    status: str


def network() -> tuple[Network, list[ServiceOnNetwork]]:
    """The topology of today, and the services on it."""
    services = services_on_network()
    elements = [
        facts.Element(
            key=one.key,
            kind=one.kind,
            parents=tuple(one.parents),
            name=one.name,
            model=one.model,
            owner=one.owner,
            circuit=one.circuit,
            place=one.place,
        )
        for one in network_elements()
    ]
    return Network(elements, {one.key: one.resource for one in services}), services


def presence(
    on: Network, services: Sequence[ServiceOnNetwork], *, since: datetime, until: datetime
) -> list[Sign]:
    """What had arrived by `until`, from a good day before `since`, in order of arrival."""
    begin = since - WARM_UP
    spoken = list(_of_elements(on, begin, until))
    asked = _asked(spoken)
    heard = rows(HeardSession, "evidence/queries/sessions_heard.sql", since=begin, until=until)
    silent = _silent_slots({one.nas for one in heard}, asked)
    names = Names(services)
    for session in heard:
        if service := names.service(session.user, session.circuit, session.address):
            spoken += _of_session(service, session, begin, until, asked, silent)
    spoken.sort()
    return spoken


class Names:
    """Which service a session belongs to: by access name, else circuit, else address."""

    def __init__(self, services: Sequence[ServiceOnNetwork]) -> None:
        self.by_access = {one.access: one.key for one in services if one.access}
        self.by_circuit = {one.circuit: one.key for one in services if one.circuit}
        self.by_ip = {one.ip: one.key for one in services if one.ip}

    def service(self, user: str, circuit: str, address: str | None) -> str | None:
        """The key of the service; None: nobody's."""
        return (
            self.by_access.get(user)
            or self.by_circuit.get(circuit.upper())
            or self.by_ip.get(address or "")
        )


def _of_session(
    service: str,
    session: HeardSession,
    begin: datetime,
    until: datetime,
    asked: list[tuple[float, float]],
    silent: set[tuple[str, int]],
) -> Iterator[Sign]:
    name = f"{session.nas} {session.session}"

    def sign(kind: str, at: float, arrived: float, why: str = "") -> Sign:
        return Sign(arrived, at, kind, service, session.nas, name, why, session.id)

    started = session.started_at.timestamp()
    yield sign(signs.START, started, max(session.start_arrived_at, begin).timestamp())
    heard, arrived = session.heard_at.timestamp(), session.heard_arrived_at
    late = max(0.0, arrived.timestamp() - heard)
    if session.interim and late < PULSE:
        for since, to in asked:
            number = max(1, int((since - started) // session.interim))
            while (at := started + number * session.interim) < min(to, heard):
                if (session.nas, int(at // PULSE)) not in silent:
                    yield sign(signs.ALIVE, at, at + late)
                number += 1
    if session.ended_at is None or session.ended_by != "stop":
        if begin <= arrived <= until:
            yield sign(signs.ALIVE, heard, arrived.timestamp())
    elif session.end_arrived_at is not None and session.end_arrived_at <= until:
        why = cause_in_words(session.cause) or ""
        yield sign(
            signs.STOP, session.ended_at.timestamp(), session.end_arrived_at.timestamp(), why
        )


def _of_elements(on: Network, since: datetime, until: datetime) -> Iterator[Sign]:
    span = {"at__gte": since, "at__lte": until}
    for restart in NasRestart.objects.filter(arrived_at__lte=until, **span):
        kind = signs.NAS_UP if restart.kind == "accounting_on" else signs.NAS_DOWN
        yield Sign(
            restart.arrived_at.timestamp(), restart.at.timestamp(), kind, restart.nas,
            restart.nas, ref=restart.pk,
        )  # fmt: skip
    for alarm in Alarm.objects.filter(received_at__lte=until, **span):
        if kind := kind_of_alarm(on, alarm.resource, alarm.type, alarm.state):
            yield Sign(
                alarm.received_at.timestamp(), alarm.at.timestamp(), kind, alarm.resource,
                why=alarm.type, ref=alarm.pk,
            )  # fmt: skip
    for change in rows(
        LinkChange,
        "evidence/queries/link_changes.sql",
        name=facts.LINK_STATUS,
        since=since,
        until=until,
    ):
        kind = signs.LINE_BACK if change.status == "Up" else signs.LINE_LOST
        yield Sign(
            change.received_at.timestamp(), change.at.timestamp(), kind, change.resource,
            why=signs.LINK_STATUS,
        )  # fmt: skip


def kind_of_alarm(on: Network, resource: str, type_: str, state: str) -> str:
    """What an alarm says of presence; empty for one that says nothing of it."""
    is_raised = state == "raised"
    if on.kind(resource) in LINES:
        if type_ not in LINE_ALARMS and type_ != "unreachable":
            return ""
        return signs.LINE_LOST if is_raised else signs.LINE_BACK
    if type_ in ELEMENT_ALARMS:
        return signs.ELEMENT_LOST if is_raised else signs.ELEMENT_BACK
    return ""


def _asked(spoken: list[Sign]) -> list[tuple[float, float]]:
    """Spans around moments at which it matters who was still heard."""
    before, after = (span.total_seconds() for span in AROUND)
    spans: list[tuple[float, float]] = []
    for sign in sorted(spoken, key=lambda one: one.at):
        if sign.kind not in (signs.ELEMENT_LOST, signs.NAS_UP):
            continue
        if spans and sign.at - before <= spans[-1][1]:
            spans[-1] = (spans[-1][0], sign.at + after)
        else:
            spans.append((sign.at - before, sign.at + after))
    return spans


def _silent_slots(nases: set[str], asked: list[tuple[float, float]]) -> set[tuple[str, int]]:
    """Five minutes of a NAS in which nothing came of it, within these spans."""
    if not asked:
        return set()
    first = datetime.fromtimestamp(asked[0][0] - PULSE).astimezone()
    heard = AccountingPulse.objects.filter(nas__in=nases, slot__gte=first, records__gt=0)
    told = {(nas, int(slot.timestamp() // PULSE)) for nas, slot in heard.values_list("nas", "slot")}
    return {
        (nas, slot)
        for nas in nases
        for since, to in asked
        for slot in range(int(since // PULSE), int(to // PULSE) + 1)
        if (nas, slot) not in told
    }
