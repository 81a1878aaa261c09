"""The accounting door: nobody is answered before his record is durable, and no stranger ever."""

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from tests.evidence.radius import (
    MORNING,
    ON,
    SECRET,
    START,
    STOP,
    accounting,
    attribute,
    is_answer,
    packet,
    vendor,
)
from unbroken.directory.importing.run import import_inventory
from unbroken.evidence.doors.asking import Came, Desk, Outcome
from unbroken.evidence.doors.radius import Door, listen
from unbroken.evidence.folding import fold_all
from unbroken.evidence.queries.doors import door_counts
from unbroken.evidence.queries.sessions import told_sessions
from unbroken.evidence.radius.naming import Naming, Nas
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.loops import Stop

PEER = ("127.0.0.1", 40_000)
INVENTORY = """{"resources": [
  {"id": "nas-1", "kind": "nas", "name": "bng-north", "address": "127.0.0.1",
   "radius_secret": "s3cret"}]}"""


def desk() -> Desk:
    """A door that knows one NAS."""
    return Desk(Naming([Nas("nas-1", "bng-north", "127.0.0.1", SECRET)]))


def came(*data: bytes, host: str = "127.0.0.1", at: float = 1_000.0) -> list[Came]:
    """Datagrams, one a second."""
    return [(one, (host, 40_000), at + place) for place, one in enumerate(data)]


def sums(outcome: Outcome) -> dict[str, int]:
    """How it was counted, which has to come out even."""
    counted = {name: count for name, count in outcome.counted.items() if count}
    assert counted.pop("received") == sum(counted.values())
    return counted


def test_a_request_is_answered_with_its_proxy_states_in_order() -> None:
    asked = packet(accounting(START, more=attribute(33, b"one") + attribute(33, b"two")))

    outcome = desk().look_at(came(asked))

    ((answer, peer),) = outcome.answers
    assert is_answer(answer, asked)
    assert answer[20:] == attribute(33, b"one") + attribute(33, b"two")
    assert peer == PEER


def test_the_same_record_with_a_new_identifier_is_a_duplicate_and_answered() -> None:
    first = packet(accounting(START), identifier=1)
    again = packet(accounting(START, more=attribute(41, 5)), identifier=2)

    outcome = desk().look_at(came(first, again))

    assert sums(outcome) == {"accepted": 1, "duplicate": 1}
    assert len(outcome.answers) == 2
    assert len(outcome.entries) == 1


def test_without_a_time_of_its_own_the_delay_tells_a_retry() -> None:
    first = packet(accounting(START, at=None), identifier=1)
    again = packet(accounting(START, at=None, more=attribute(41, 4)), identifier=2)
    anew = packet(accounting(START, at=None), identifier=3)

    outcome = desk().look_at([*came(first), *came(again, at=1_004.0), *came(anew, at=1_060.0)])

    assert sums(outcome) == {"accepted": 2, "duplicate": 1}


NEVER_ANSWERED = [
    (packet(accounting(START), secret=b"guess"), "bad_authenticator"),
    (packet(accounting(START), code=5), "other"),
    (packet(accounting(START), code=1), "other"),
    (packet(accounting(START))[:30], "malformed"),
    (packet(accounting(START) + b"\x2c\x00"), "malformed"),
    (packet(accounting(START) + b"\x2c\x09ab"), "malformed"),
    (packet(accounting(START) + b"\x29\x03x"), "malformed"),
    (b"", "malformed"),
    (b"\x04\x01\xff\xff" + bytes(4092), "malformed"),
]


def test_what_is_not_a_request_of_theirs_is_never_answered() -> None:
    for data, counted in NEVER_ANSWERED:
        outcome = desk().look_at(came(data))

        assert (sums(outcome), outcome.answers, outcome.entries) == ({counted: 1}, [], [])


def test_a_stranger_is_never_answered_although_he_knows_a_secret() -> None:
    """Attack: accounting from an address that no NAS has."""
    outcome = desk().look_at(came(packet(accounting(START)), host="203.0.113.9"))

    assert (sums(outcome), outcome.answers) == ({"unknown_client": 1}, [])


def test_padding_behind_the_packet_is_ignored() -> None:
    outcome = desk().look_at(came(packet(accounting(START)) + bytes(17)))

    assert sums(outcome) == {"accepted": 1}


def test_garbage_never_breaks_the_door() -> None:
    """Attack: packets mutated octet by octet, some of them signed."""
    chance = random.Random(7)
    whole = packet(accounting(STOP, more=vendor(3561, 1, "line") + attribute(46, 60)))
    mutated = []
    for _ in range(3_000):
        octets = bytearray(whole[: chance.randrange(len(whole) + 1)])
        for _ in range(chance.randrange(4)):
            if octets:
                octets[chance.randrange(len(octets))] = chance.randrange(256)
        body = bytes(octets[20:])
        mutated.append(packet(body) if chance.random() < 0.5 else bytes(octets))

    outcome = desk().look_at(came(*mutated))

    assert sum(sums(outcome).values()) == 3_000


@contextmanager
def open_door() -> Iterator[socket.socket]:
    """A real door on a real socket, and a NAS that speaks to it."""
    stop = Stop()
    with listen("127.0.0.1", 0) as line, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as nas:
        door = threading.Thread(target=Door(line, stop).run, daemon=True)
        door.start()
        nas.connect(line.getsockname())
        nas.settimeout(10)
        try:
            yield nas
        finally:
            stop.ask()
            door.join(10)


@pytest.mark.django_db(transaction=True)
def test_what_is_answered_is_kept_and_becomes_a_session() -> None:
    import_inventory([INVENTORY], by=HOUSE, at=now())
    line = vendor(3561, 1, "DSLAM-7 atm 1/12:1.32") + vendor(3561, 130, 51_392_000)
    ends = attribute(46, 600) + attribute(42, 7) + attribute(52, 1) + attribute(49, 2)
    requests = [
        packet(accounting(START, more=line), identifier=1),
        packet(accounting(STOP, at=MORNING + timedelta(minutes=10), more=ends), identifier=2),
        packet(accounting(START, "s-2"), identifier=3),
        packet(accounting(ON, "", at=MORNING + timedelta(hours=1)), identifier=4),
    ]
    with open_door() as nas:
        for request in requests:
            nas.send(request)
            assert is_answer(nas.recv(4096), request)
            with connection.cursor() as cursor:
                cursor.execute("SELECT coalesce(sum(count), 0) FROM radius_batch")
                assert cursor.fetchone() == (requests.index(request) + 1,)
        nas.send(packet(accounting(START), secret=b"wrong"))
        nas.send(packet(accounting(START), identifier=9))
        assert nas.recv(4096)[1] == 9
    fold_all()

    first, second = told_sessions("anneke@isp")
    assert first | {"service": None} == {
        "session": "s-1", "nas": "nas-1", "user": "anneke@isp", "service": None,
        "started": "2026-05-24T06:00:00+00:00", "ended": "2026-05-24T06:10:00+00:00",
        "ended_by": "stop", "seconds": 600, "input_octets": (1 << 32) + 7, "output_octets": 0,
        "terminate_cause": "Lost Carrier", "address": None,
    }  # fmt: skip
    assert (second["ended_by"], second["seconds"]) == ("accounting_on", 3600)
    counted = door_counts()["radius"]
    assert counted == {
        "received": 6, "accepted": 4, "duplicate": 1, "malformed": 0, "bad_authenticator": 1,
        "unknown_client": 0, "other": 0,
    }  # fmt: skip
