"""Devices are asked by SNMP: tables become readings of lines, and no agent holds anybody up.

The agent here is ours and answers GETBULK from a recorded table: no `snmpd` has a DSLAM's tables.
"""

import random
import socket
import threading
from bisect import bisect_right
from collections.abc import Iterator

import pytest

from unbroken.directory.importing.run import import_inventory
from unbroken.evidence import polling
from unbroken.evidence.models import Observation
from unbroken.evidence.polling import Device, Silent, note, walk
from unbroken.evidence.queries.doors import door_counts
from unbroken.evidence.snmp import asking
from unbroken.evidence.snmp.asking import NotAnAnswer, _ber, _packed, _whole
from unbroken.evidence.snmp.tables import COLUMNS, seen
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.kept import forget_everything

DEVICE = Device("d7", "public", 300)
TABLE = {
    "ifName.7": b"vdsl 0/1/7", "ifAlias.7": b"DSLAM-7 0/1/7", "ifOperStatus.7": 2,
    "ifName.9": b"uplink", "ifOperStatus.9": 1, "ifHighSpeed.9": 10_000,
    "ifHCInOctets.9": 2**40, "xdslStatus.7": b"\x20", "xdslDown.7": 54_000_000,
    "xdslUp.7": 12_000_000, "xdslMargin.7.1": 71, "xdslMargin.7.2": 58,
    "xdslRate.7.1": 50_000_000, "xdslRate.7.2": 2147483647,
}  # fmt: skip


def oid(name: str) -> tuple[int, ...]:
    """`xdslRate.7.1` as its object."""
    column, _, index = name.partition(".")
    return tuple(int(part) for part in f"{COLUMNS[column]}.{index}".split("."))


ROWS = sorted((oid(name), value) for name, value in TABLE.items())


def answer_to(asked: bytes, *, backwards: bool = False) -> bytes:
    """What an agent answers to GETBULK."""
    parts = list(asking._parts(next(asking._parts(asked))[1]))
    fields = [value for _tag, value in asking._parts(parts[2][1])]
    binding = next(asking._parts(fields[3]))[1]
    told = asking._oid(next(asking._parts(binding))[1])
    at = tuple(int(part) for part in told.split("."))
    place = 0 if backwards else bisect_right(ROWS, at, key=lambda row: row[0])
    bounds = [bound(*row) for row in ROWS[place : place + (1 if backwards else 3)]] or [
        _ber(0x30, _ber(0x06, _packed(at)), b"\x82\x00")
    ]
    pdu = _ber(0xA2, _ber(2, fields[0]), _whole(0), _whole(0), _ber(0x30, *bounds))
    return _ber(0x30, _whole(1), _ber(0x04, b"public"), pdu)


def bound(at: tuple[int, ...], value: int | bytes) -> bytes:
    told = _ber(0x04, value) if isinstance(value, bytes) else _whole(value)
    return _ber(0x30, _ber(0x06, _packed(at)), told)


@pytest.fixture
def agent(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Device, list[str]]]:
    """An agent that answers; what is put into the list makes it lie or fall silent."""
    monkeypatch.setattr(polling, "ANSWER_SECONDS", 0.2)
    mood: list[str] = []
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                asked, peer = line.recvfrom(2048)
            except OSError:
                return
            if "silent" not in mood:
                line.sendto(answer_to(asked, backwards="backwards" in mood), peer)

    threading.Thread(target=answer, daemon=True).start()
    yield Device("d7", "public", 300, line.getsockname()[1]), mood
    line.close()


@pytest.mark.django_db
def test_tables_of_a_dslam_become_readings_of_its_lines(agent: tuple[Device, list[str]]) -> None:
    inventory = (
        '{"resources": [{"id": "d7", "kind": "dslam", "address": "192.0.2.7"},'
        '{"id": "line-7", "kind": "line", "circuit": "DSLAM-7 0/1/7"}]}'
    )
    import_inventory([inventory], by=HOUSE, at=now())
    forget_everything()

    note("d7", walk("127.0.0.1", agent[0]), at=now())

    line = Observation.objects.get(resource="line-7")
    assert dict(zip(line.names.names, line.values, strict=True)) == {
        "DSL.Line.LinkStatus": "NoSignal", "DSL.Line.DownstreamMaxBitRate": 54_000,
        "DSL.Line.UpstreamMaxBitRate": 12_000, "DSL.Line.UpstreamNoiseMargin": 71,
        "DSL.Line.DownstreamNoiseMargin": 58, "DSL.Channel.DownstreamCurrRate": 50_000,
    }  # fmt: skip
    assert Observation.objects.filter(resource="d7 uplink").exists()
    assert door_counts()["snmp"] == {"received": 2, "kept": 2, "unknown_resource": 1}


def test_the_light_of_an_ont_is_read_in_each_makers_unit() -> None:
    told = {
        "ifName": {(7,): b"0/1/0", (268501248,): b"gpon_1/1/1", (94,): b"1/1/1/1/5"},
        "hwOntLight": {(7, 3): -2157, (7, 4): 2147483647},
        "zxOntLight": {(268501248, 5, 1): 3740, (268501248, 6, 1): 65535, (268501248, 7, 1): 63000},
        "isamOntLight": {(94,): 54786, (95,): 32768, (96,): -9875},
    }

    found = {one.names[0]: one.values for one in seen("olt", told)}

    level = "Optical.Interface.OpticalSignalLevel"
    assert {name: values[level] for name, values in found.items()} == {
        "olt 0/1/0:3": -21_570, "olt gpon_1/1/1:5": -22_520, "olt gpon_1/1/1:7": -35_072,
        "olt 1/1/1/1/5": -21_500, "olt 96": -19_750,
    }  # fmt: skip


@pytest.mark.parametrize("mood", ["silent", "backwards"])
def test_an_agent_that_is_silent_or_goes_in_circles_is_left(
    mood: str, agent: tuple[Device, list[str]]
) -> None:
    """Attack: answers that lead back to where the walk has been."""
    agent[1].append(mood)
    with pytest.raises(Silent):
        walk("127.0.0.1", agent[0])


def test_mutated_answers_are_read_or_refused() -> None:
    """Attack: octets changed and cut by chance."""
    chance = random.Random(8)
    whole = answer_to(asking.bulk("public", 7, (1, 3, 6)))
    assert len(asking.answered(whole, 7)) == 3
    with pytest.raises(NotAnAnswer):
        asking.answered(whole, 8)
    for _ in range(2_000):
        octets = bytearray(whole[: chance.randrange(1, len(whole) + 1)])
        octets[chance.randrange(len(octets))] = chance.randrange(256)
        try:
            assert len(asking.answered(bytes(octets), 7)) <= asking.BINDINGS_MAX
        except NotAnAnswer:
            continue
