"""A test of a service by our own probes: asked for on a page, done by a job, kept as evidence.

A page only writes down that it is wanted. The job asks the inventory anew where it may probe, and
what it measures becomes readings like those of any device.
"""

import json
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from unbroken.directory import queries as directory
from unbroken.directory.cards import ServiceCard
from unbroken.directory.ids import ServiceId
from unbroken.evidence.observed import read_line
from unbroken.evidence.probing import icmp, knocking, tracing
from unbroken.evidence.probing.measured import Measured
from unbroken.evidence.queries.tests import Target, targets_of
from unbroken.evidence.state import readings, tests
from unbroken.ground.clock import now

NO_PING, NO_ADDRESS = "no_ping", "no_address"


def ask_for_test(
    service_id: int, *, ticket_id: int | None, asked_by: str, with_trace: bool, at: datetime
) -> bool:
    """Write down that a test is wanted; False while one runs or has only just run."""
    from unbroken.evidence.tasks import probe_service

    card = directory.services([ServiceId(service_id)]).get(ServiceId(service_id))
    if card is None:
        return False
    with transaction.atomic():
        test_id = tests.ask(
            service_id=service_id, ticket_id=ticket_id, resource=resource_of(card),
            asked_by=asked_by, with_trace=with_trace, at=at,
        )  # fmt: skip
        if test_id is not None:
            probe_service.defer(test_id=test_id)
    return test_id is not None


def resource_of(card: ServiceCard) -> str:
    """Under what its own readings stand: the thing that carries it, else the service itself."""
    return card.resource_key or f"service:{card.id}"


def run_test(test_id: int) -> None:
    """Probe, one address after the other, and keep what was found. Run twice it is done once."""
    test = tests.begin(test_id)
    if test is None:
        return
    card = directory.services([ServiceId(test.service_id)]).get(ServiceId(test.service_id))
    targets = targets_of(card, test.resource) if card is not None else []
    measured = [_measured(target) for target in targets]
    own = next((target for target in targets if target.role == "customer"), None)
    if own is None:
        measured.insert(0, Measured("ping", "customer", "", "", test.resource, problem=NO_ADDRESS))
    elif test.with_trace:
        measured.append(_traced(own))
    at = now()
    with transaction.atomic():
        readings.note([read_line(line, now=at) for line in _lines(measured, at)])
        tests.end(test_id, measured, at=at)


def _measured(target: Target) -> Measured:
    told = (target.probe, target.role, target.name, target.address, target.resource)
    if target.probe == "tcp":
        return Measured(*told, knocking.TRIES, knocking.connect(target.address, target.port))
    if target.probe == "dns":
        return Measured(*told, knocking.TRIES, knocking.ask_names(target.address, target.port))
    try:
        return Measured(*told, icmp.COUNT, icmp.ping(target.address))
    except icmp.MayNot:
        return Measured(*told, problem=NO_PING)
    except OSError:  # there is no way to such an address from here: nothing was answered
        return Measured(*told, icmp.COUNT)


def _traced(target: Target) -> Measured:
    hops, is_end = tracing.trace(target.address)
    return Measured(
        "trace", target.role, target.name, target.address, target.resource,
        1, (0.0,) if is_end else (), hops=hops,
    )  # fmt: skip


def _lines(measured: list[Measured], at: datetime) -> Iterator[str]:
    for one in measured:
        if values := one.reading():
            yield json.dumps({"resource": one.resource, "at": at.isoformat(), "values": values})
