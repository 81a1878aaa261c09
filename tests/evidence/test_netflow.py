"""Flows: added up by line, whenever their template comes; hostile exporters fill no memory."""

import random
import socket
import struct
from datetime import timedelta

import pytest

from tests.evidence.test_traps import LINK_IS_DOWN
from unbroken.directory.importing.run import import_inventory
from unbroken.evidence.doors.netflow import FlowWriter
from unbroken.evidence.doors.snmptrap import Told
from unbroken.evidence.doors.writing import WAITING_MAX, Writer
from unbroken.evidence.models import LogLine, Observation
from unbroken.evidence.netflow import packets
from unbroken.evidence.netflow.packets import NotFlows, Reader
from unbroken.evidence.queries.doors import door_counts
from unbroken.evidence.state import expiry, partitions
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.kept import forget_everything
from unbroken.ground.loops import Stop

HOME, SERVER = "198.51.100.7", "192.0.2.80"


def raw(address: str) -> bytes:
    return socket.inet_aton(address)


def v5(source: str, target: str, octets: int, from_port: int = 443, sampling: int = 0) -> bytes:
    """One flow as NetFlow v5 exports it."""
    head = struct.pack("!HHIIIIBBH", 5, 1, 0, 0, 0, 0, 0, 0, sampling)
    return head + struct.pack(
        "!4s4s4sHHIIIIHHBBBBHHBBH", raw(source), raw(target), b"\0" * 4, 0, 0, 3, octets, 0, 0,
        from_port, 50_000, 0, 0, 6, 0, 0, 0, 0, 0, 0,
    )  # fmt: skip


FIELDS = [(8, 4), (12, 4), (1, 8), (2, 4), (7, 2), (11, 2)]


def sets(version: int, *bodies: tuple[int, bytes]) -> bytes:
    """A packet of v9 or IPFIX with these sets."""
    told = b"".join(struct.pack("!HH", kind, len(body) + 4) + body for kind, body in bodies)
    if version == 9:
        return struct.pack("!HHIIII", 9, len(bodies), 0, 0, 0, 7) + told
    return struct.pack("!HHIII", 10, 16 + len(told), 0, 0, 7) + told


def template(version: int) -> tuple[int, bytes]:
    fields = b"".join(struct.pack("!HH", *one) for one in FIELDS)
    return (0 if version == 9 else 2), struct.pack("!HH", 256, len(FIELDS)) + fields


DATA = (256, raw(SERVER) + raw(HOME) + struct.pack("!QIHH", 5_000, 4, 53, 40_000))


@pytest.mark.parametrize("version", [9, 10])
def test_flows_wait_for_a_template_that_comes_late(version: int) -> None:
    reader = Reader()
    assert reader.read(sets(version, DATA), "r", 0.0) == []

    (waited,) = reader.read(sets(version, template(version)), "r", 1.0)
    (again,) = reader.read(sets(version, DATA), "r", 2.0)

    assert waited == again
    assert (waited.target, waited.octets, waited.packets, waited.from_port) == (HOME, 5_000, 4, 53)
    assert reader.read(sets(version, DATA), "another router", 2.0) == []


def test_templates_and_what_waits_for_them_are_bounded() -> None:
    """Attack: an exporter that invents templates, and data for which none ever comes."""
    reader = Reader()
    for number in range(packets.TEMPLATES_MAX + 100):
        one = struct.pack("!HHHH", 256 + number % 60_000, 1, 1, 4)
        reader.read(sets(9, (0, one)), f"r{number // 60_000}", 0.0)
    for _ in range(packets.WAITING_MAX + 50):
        reader.read(sets(9, (65_000, b"x" * 500)), "r", 0.0)

    assert len(reader.templates) == packets.TEMPLATES_MAX
    assert len(reader.waiting) == packets.WAITING_MAX
    assert reader.counted["no_template"] == 50


def test_mutated_packets_are_read_or_refused() -> None:
    """Attack: octets changed and cut by chance, on all three versions."""
    chance, reader = random.Random(4), Reader()
    wholes = [v5(SERVER, HOME, 9), sets(9, template(9), DATA), sets(10, template(10), DATA)]
    for _ in range(4_000):
        whole = chance.choice(wholes)
        octets = bytearray(whole[: chance.randrange(1, len(whole) + 1)])
        octets[chance.randrange(len(octets))] = chance.randrange(256)
        try:
            assert len(reader.read(bytes(octets), "r", 0.0)) <= packets.RECORDS_MAX
        except NotFlows:
            continue


@pytest.fixture
def network(db: None) -> None:
    """A router of ours, and Anneke's line with an address of its own."""
    inventory = """{"resources": [
        {"id": "r1", "kind": "nas", "address": "127.0.0.1"}, {"id": "cpe-1", "kind": "cpe"}],
      "customers": [{"id": "c", "name": "Anneke", "services": [
        {"id": "s", "resource": "cpe-1"}]}]}"""
    import_inventory([inventory], by=HOUSE, at=now())
    from unbroken.directory.actions import change_service
    from unbroken.directory.queries import services_by_any_key

    (card,) = services_by_any_key("s")
    change_service(service_id=card.id, ip=HOME, by=HOUSE, at=now())
    forget_everything()


def test_traffic_of_a_line_becomes_one_reading_in_five_minutes(network: None) -> None:
    writer = FlowWriter(Stop())
    for data in (v5(SERVER, HOME, 1_000), v5(HOME, SERVER, 70, sampling=10),
                 v5(SERVER, SERVER, 9), b"junk"):  # fmt: skip
        writer.take(data, "127.0.0.1")
    writer.take(v5(SERVER, HOME, 1), "127.0.0.9")

    writer._keep()
    before = Observation.objects.count()
    writer._keep(is_over=True)

    reading = Observation.objects.get(resource="cpe-1")
    told = dict(zip(reading.names.names, reading.values, strict=True))
    assert (before, told["Traffic.Down.Bytes"], told["Traffic.Up.Bytes"]) == (0, 1_000, 700)
    assert door_counts()["netflow"] == {
        "received": 5, "flows": 3, "of_lines": 2, "malformed": 1, "unknown_client": 1, "kept": 1,
    }  # fmt: skip


def test_a_flood_at_one_door_delays_no_other_and_fills_no_memory(network: None) -> None:
    """Attack: a router gone mad sends more flows than anybody reads."""
    flooded, quiet = FlowWriter(Stop()), Writer("snmptrap", Told({}).written, Stop())
    for _ in range(WAITING_MAX + 10):
        flooded.take(b"x", "127.0.0.1")
    quiet.take(LINK_IS_DOWN, "127.0.0.1")
    quiet._keep()

    assert LogLine.objects.get().resource == "r1"
    assert len(flooded.waiting) == WAITING_MAX
    assert flooded.counted["dropped"] == 10


def test_what_is_too_old_goes_by_whole_parts(network: None) -> None:
    old = now() - timedelta(days=900)
    before = now() - timedelta(days=800)
    for table in ("observation", "reading_thinned"):
        partitions.ensure(table, {old.date(), now().date()})

    assert [name.startswith("observation") for name in expiry.drop_readings(before)] == [True]
    assert [name.startswith("reading_thinned") for name in expiry.drop_records(before)] == [True]
    assert expiry.drop_readings(before) == expiry.drop_records(before) == []
