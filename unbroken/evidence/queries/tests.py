"""Tests of a service, the latest first; and where its probes may go."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from unbroken.directory.cards import ServiceCard
from unbroken.directory.network_queries import address_of_resource
from unbroken.evidence.models import ServiceTest
from unbroken.evidence.probing.measured import Measured, from_json
from unbroken.evidence.probing.places import may_be_probed

SHOWN_MAX = 3


@dataclass(frozen=True, slots=True)
class SeenTest:
    """One test, as a page shows it."""

    id: int
    state: str
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    measured: tuple[Measured, ...]

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be probed: whose, how it is called, what kind of probe."""

    probe: str
    role: str
    name: str
    address: str
    resource: str
    port: int = 0


def latest_tests(service_id: int) -> list[SeenTest]:
    """The latest tests of a service."""
    found = ServiceTest.objects.filter(service_id=service_id).order_by("-asked_at", "-id")
    return [
        SeenTest(
            one.pk, one.state, one.asked_by, one.asked_at, one.ended_at,
            tuple(from_json(part) for part in one.measured),
        )
        for one in found[:SHOWN_MAX]
    ]  # fmt: skip


def targets_of(card: ServiceCard, resource: str) -> list[Target]:
    """The line itself, its NAS, and the operator's places. Nothing that anybody typed."""
    address, nas = _session_of(card)
    found = []
    if address and may_be_probed(address):
        found.append(Target("ping", "customer", card.access_name, address, resource))
    nas_address = address_of_resource(nas) if nas else ""
    if nas_address and may_be_probed(nas_address):
        found.append(Target("ping", "nas", nas, nas_address, nas))
    for place in settings.UNBROKEN.sources.probes:
        resource_there = f"place:{place.address}"
        found.append(
            Target(place.probe, "place", place.address, place.address, resource_there, place.port)
        )
    return found


def _session_of(card: ServiceCard) -> tuple[str, str]:
    """Its address now and the NAS of its latest session; a fixed address needs no session."""
    fixed = str(card.ip or "")
    if not card.access_name and not card.circuit:
        return fixed, ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT host(address), nas, ended_at FROM radius_session"
            ' WHERE "user" = %(user)s AND %(user)s <> %(no)s'
            " OR circuit = %(circuit)s AND circuit <> ''"
            " ORDER BY started_at DESC LIMIT 1",
            {"user": card.access_name, "no": "", "circuit": card.circuit},
        )
        last = cursor.fetchone()
    if last is None:
        return fixed, ""
    address, nas, ended_at = last
    return fixed or ("" if ended_at is not None else address or ""), nas
