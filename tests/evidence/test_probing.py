"""Own probes: only to addresses of the network's own, sockets and no programs, kept as evidence."""

import dataclasses
import random
import socket
import threading
from collections.abc import Iterator

import pytest
from django.conf import settings

from unbroken.directory import queries as directory
from unbroken.directory.importing.run import import_inventory
from unbroken.evidence.models import Observation, ServiceTest
from unbroken.evidence.probing import icmp, knocking, meaning, tracing
from unbroken.evidence.probing.measured import Measured
from unbroken.evidence.probing.places import Place, may_be_probed, read_places
from unbroken.evidence.queries.tests import latest_tests, targets_of
from unbroken.evidence.testing import ask_for_test, run_test
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

INVENTORY = """{"resources": [
    {"id": "nas-1", "kind": "nas", "address": "127.0.0.1"}, {"id": "cpe-1", "kind": "cpe"}],
  "customers": [{"id": "c", "name": "Anneke", "services": [
    {"id": "s-1", "access": "anneke@isp", "resource": "cpe-1"}]}]}"""


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "::1", "::ffff:127.0.0.1", "169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0",
     "255.255.255.255", "localhost", "192.0.2.1; reboot", "-c1", "", "192.0.2.1\n"],
)  # fmt: skip
def test_a_session_that_claims_our_own_address_is_not_probed(address: str) -> None:
    """Attack: a NAS reports Framed-IP-Address 127.0.0.1, or the address of a cloud's secrets."""
    assert not may_be_probed(address)


def test_the_operators_list_holds_addresses_and_no_names() -> None:
    assert read_places("dns 192.0.2.53, tcp [2001:db8::1]:443, ping 2001:db8::2") == (
        Place("dns", "192.0.2.53", 53), Place("tcp", "2001:db8::1", 443),
        Place("ping", "2001:db8::2"),
    )  # fmt: skip
    for wrong in ("tcp www.isp.example:80", "tcp 192.0.2.1", "ping 192.0.2.1:7", "run 192.0.2.1",
                  "tcp 192.0.2.1:0", "tcp 192.0.2.1:70000", "ping 1.2.3.999", "ping",
                  ",".join(["ping 192.0.2.1"] * 9)):  # fmt: skip
        with pytest.raises(ValueError, match=r"\w"):
            read_places(wrong)


def test_an_echo_is_known_by_its_number_and_nothing_else_is_one() -> None:
    """Attack: whatever may come to a raw socket."""
    request = icmp.echo(7, 3, is_six=False)
    reply = b"\x00" + request[1:]
    header = b"\x45" + bytes(19)

    assert icmp.checksum(request) == 0
    assert icmp.answered(header + reply, 7, is_six=False) == 3
    assert icmp.answered(reply, None, is_six=False) == 3
    assert icmp.answered(header + reply, 8, is_six=False) is None
    chance = random.Random(1)
    for _ in range(2_000):
        data = chance.randbytes(chance.randrange(64))
        assert icmp.answered(data, 70_000, is_six=False) is None
        tracing.offender(data)
        assert not knocking.is_answer(data, b"unasked")


@pytest.fixture
def listening() -> Iterator[int]:
    """A port at which connections are accepted and questions to a name server answered."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = int(server.getsockname()[1])
        names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        names.bind(("127.0.0.1", port))

        def answer() -> None:
            for _ in range(knocking.TRIES):
                asked, peer = names.recvfrom(512)
                names.sendto(asked[:2] + b"\x81\x80" + asked[4:], peer)

        threading.Thread(target=answer, daemon=True).start()
        yield port
        names.close()


@pytest.mark.django_db
def test_a_test_measures_what_the_list_names_and_is_kept_as_evidence(
    listening: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_inventory([INVENTORY], by=HOUSE, at=now())
    (card,) = directory.services_by_any_key("s-1")
    places = (Place("tcp", "127.0.0.1", listening), Place("dns", "127.0.0.1", listening))
    sources = dataclasses.replace(settings.UNBROKEN.sources, probes=places)
    read = dataclasses.replace(settings.UNBROKEN, sources=sources)
    monkeypatch.setattr(settings, "UNBROKEN", read)

    def ask() -> bool:
        return ask_for_test(card.id, ticket_id=None, asked_by="agent", with_trace=True, at=now())

    assert (ask(), ask()) == (True, False)
    test = ServiceTest.objects.get()
    run_test(test.pk)
    run_test(test.pk)  # accident: the job came twice

    (seen,) = latest_tests(card.id)
    assert (seen.state, [(one.role, one.problem, one.lost) for one in seen.measured]) == (
        "completed", [("customer", "no_address", 0), ("place", "", 0), ("place", "", 0)],
    )  # fmt: skip
    said = [phrase for phrase, _values in meaning.told(seen.measured)]
    assert said == [meaning.NO_ADDRESS, meaning.CONNECTED, meaning.RESOLVED]
    assert Observation.objects.filter(resource="place:127.0.0.1").count() == 2


@pytest.mark.django_db
def test_the_line_is_probed_at_the_address_of_its_open_session_and_its_nas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from unbroken.evidence.models import Session

    inventory = INVENTORY.replace("127.0.0.1", "192.0.2.1")
    import_inventory([inventory], by=HOUSE, at=now())
    (card,) = directory.services_by_any_key("s-1")
    at = now()
    session = Session.objects.create(
        nas="nas-1", session="1", user="anneke@isp", address="198.51.100.7", started_at=at,
        started_by_start=True, start_arrived_at=at, heard_at=at, heard_arrived_at=at,
    )  # fmt: skip

    open_ones = [(one.role, one.address) for one in targets_of(card, "cpe-1")]
    Session.objects.filter(pk=session.pk).update(ended_at=at)
    closed_ones = [(one.role, one.address) for one in targets_of(card, "cpe-1")]

    assert open_ones == [("customer", "198.51.100.7"), ("nas", "192.0.2.1")]
    assert closed_ones == [("nas", "192.0.2.1")]


def ping(role: str, lost: int, ms: float = 12.0) -> Measured:
    """Twenty pings, some lost."""
    return Measured("ping", role, "bng", "192.0.2.1", "x", 20, (ms,) * (20 - lost))


def test_loss_is_laid_where_it_begins_and_silence_proves_nothing() -> None:
    def first(*measured: Measured) -> object:
        return meaning.told(measured)[0][0]

    assert first(ping("customer", 4), ping("nas", 0)) is meaning.LINE_AT_FAULT
    assert first(ping("customer", 4), ping("nas", 5)) is meaning.NAS_AT_FAULT
    assert first(ping("customer", 0), ping("nas", 0)) is meaning.WELL
    assert first(ping("customer", 20), ping("nas", 0)) is meaning.SILENT
    assert meaning.told_customer([ping("customer", 20)])[0] is meaning.YOU_SILENT
