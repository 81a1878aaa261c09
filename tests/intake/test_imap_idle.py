"""Waiting for mail on a scripted server that says two things in one packet."""

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from unbroken.ground.loops import Stop
from unbroken.intake.imap_box import Box, BoxSettings, BoxTrouble

PATIENCE_SECONDS = 60.0

Wrap = Callable[[socket.socket], socket.socket]


@contextlib.contextmanager
def saying(after_idle: bytes, wrap: Wrap = lambda plain: plain) -> Iterator[int]:
    """A mailbox with one mail; `after_idle` leaves with the answer to IDLE, in one packet."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_serve, args=(listening, after_idle, wrap))
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def _serve(listening: socket.socket, after_idle: bytes, wrap: Wrap) -> None:
    with wrap(listening.accept()[0]) as line, line.makefile("rb") as heard:
        line.sendall(b"* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n")
        for asked in heard:
            tag, _, words = asked.strip().partition(b" ")
            if words == b"IDLE":
                line.sendall(b"+ idling\r\n" + after_idle)
                if after_idle.startswith(b"* BYE"):
                    return
                heard.readline()
            told = {
                b"CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE\r\n",
                b"SELECT": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 2] ok\r\n",
                b"UID": b"* SEARCH 1\r\n",
                b"LOGOUT": b"* BYE bye\r\n",
            }.get(words.split(b" ")[0], b"")
            line.sendall(told + tag + b" OK done\r\n")


def waits(port: int, tls: str = "none") -> bool:
    """Whether it was still waiting when our patience ended."""
    place = BoxSettings("127.0.0.1", "support", "secret", port=port, tls=tls, verify=False)
    stop = Stop()
    patience = threading.Timer(PATIENCE_SECONDS, stop.ask)
    with Box(place) as box:
        box.uids_above(0)
        patience.start()
        try:
            box.wait_for_mail(stop)
        finally:
            patience.cancel()
    return stop.is_asked


NEWS = b"* 2 EXISTS\r\n* 1 RECENT\r\n"


def test_a_mail_told_of_with_the_answer_to_idle_is_news() -> None:
    """Accident: it arrived between our search and our wait; it lay there for minutes."""
    with saying(NEWS) as port:
        assert not waits(port)


def test_it_is_news_over_tls_too(tmp_path: Path) -> None:
    context = _private(tmp_path)
    with saying(NEWS, lambda plain: context.wrap_socket(plain, server_side=True)) as port:
        assert not waits(port, "tls")


def test_a_goodbye_with_the_answer_to_idle_is_trouble() -> None:
    with saying(b"* BYE shutting down\r\n") as port, pytest.raises(BoxTrouble, match="goodbye"):
        waits(port)


def _private(folder: Path) -> ssl.SSLContext:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make a certificate")
    made, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "1", "-subj", "/CN=box", "-keyout", key, "-out", made],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context
