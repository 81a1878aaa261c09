"""The syslog door: devices of the inventory are heard, in whatever frames they send."""

import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from tests.evidence.radius import free_udp_port
from unbroken.directory.importing.run import import_inventory
from unbroken.evidence.doors import syslogtls
from unbroken.evidence.doors.framing import LINE_MAX, Framing
from unbroken.evidence.doors.syslog import main
from unbroken.evidence.models import LogLine
from unbroken.evidence.queries.doors import door_counts
from unbroken.evidence.sources import Sources, Tls
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.loops import Stop
from unbroken.house.addresses import Address

TOLD = b"<13>1 2026-05-24T06:10:03Z bng pppd 7 - - LCP terminated by peer"


def test_a_stream_is_cut_where_its_sender_cuts_it() -> None:
    stream = b"<1>one\n7 <2>t\nwo<3>three\r\n\n5 <4>xx<5>open"
    for size in (1, 3, 100):
        framing = Framing()
        parts = [stream[at : at + size] for at in range(0, len(stream), size)]
        lines = [line for part in parts for line in framing.lines(part)]

        assert [*lines, *framing.rest()] == [
            b"<1>one",
            b"<2>t\nwo",
            b"<3>three",
            b"<4>xx",
            b"<5>open",
        ]


def test_a_line_without_an_end_fills_no_memory() -> None:
    """Attack: a hundred megabytes without a line feed, or a count of 99999 octets."""
    framing = Framing()
    lines = [line for _ in range(100) for line in framing.lines(b"x" * 100_000)]
    lines += framing.lines(b"\n<1>next\n99999 <" + b"y" * 20_000)

    assert [len(line) for line in lines] == [LINE_MAX, 7, LINE_MAX]
    assert len(framing._held) == 0


@pytest.mark.django_db(transaction=True)
def test_a_device_of_the_inventory_is_heard_and_a_stranger_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nas = '{"resources": [{"id": "nas-1", "kind": "nas", "address": "127.0.0.1"}]}'
    import_inventory([nas], by=HOUSE, at=now())
    port = free_udp_port()
    read = type("Read", (), {"syslog": Address("127.0.0.1", port), "timezone": "UTC"})
    monkeypatch.setattr(settings, "UNBROKEN", read)
    stop = Stop()
    door = threading.Thread(target=main, args=(stop,), daemon=True)
    door.start()
    line = b"<13>1 2026-05-24T06:10:03Z bng pppd 7 - - LCP terminated by peer"
    until = time.monotonic() + 10
    try:
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", port)) as stream:
                    stream.sendall(line + b"\n")
                break
            except ConnectionRefusedError:
                stop.pause(0.05)
        for source in ("127.0.0.1", "127.0.0.2"):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
                device.bind((source, 0))
                device.sendto(line.replace(b"peer", b"me"), ("127.0.0.1", port))
        while time.monotonic() < until and door_counts().get("syslog", {}).get("received", 0) < 3:
            stop.pause(0.05)
    finally:
        stop.ask()
        door.join(5)

    assert set(LogLine.objects.values_list("resource", "kind")) == {
        ("nas-1", "session_down"),
        ("nas-1", ""),
    }
    assert door_counts()["syslog"] == {"received": 3, "kept": 2, "unknown_client": 1}


@pytest.mark.django_db(transaction=True)
def test_a_device_with_our_authoritys_certificate_is_heard_over_tls_and_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nas = '{"resources": [{"id": "nas-1", "kind": "nas", "address": "127.0.0.1"}]}'
    import_inventory([nas], by=HOUSE, at=now())
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    pem = str(certificate(tmp_path))
    tls = Tls("127.0.0.1", port, pem, "", pem)
    read = type("Read", (), {"sources": Sources(syslog_tls=tls), "timezone": "UTC"})
    monkeypatch.setattr(settings, "UNBROKEN", read)
    stop = Stop()
    door = threading.Thread(target=syslogtls.main, args=(stop,), daemon=True)
    door.start()
    until = time.monotonic() + 10
    try:
        for shown in (None, pem):  # a stranger first: it is turned away
            context = ssl.create_default_context(cafile=pem)
            context.check_hostname = False
            if shown:
                context.load_cert_chain(shown)
            while time.monotonic() < until:
                try:
                    with (
                        socket.create_connection(("127.0.0.1", port), 5) as plain,
                        context.wrap_socket(plain) as stream,
                    ):
                        stream.sendall(
                            b"56 <13>1 2026-05-24T06:10:03Z bng pppd 7 - - LCP terminated"
                        )
                    break
                except ConnectionRefusedError:
                    stop.pause(0.05)
                except OSError:
                    break
        while time.monotonic() < until and "syslogtls" not in door_counts():
            stop.pause(0.05)
    finally:
        stop.ask()
        door.join(5)

    assert LogLine.objects.get().resource == "nas-1"
    assert door_counts()["syslogtls"] == {"received": 1, "kept": 1}


def certificate(folder: Path) -> Path:
    """A certificate that vouches for itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desk")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "desk.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain
    )
    pem.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return pem
