"""Mailboxes on a real IMAP server: everything is taken in once, whatever happens meanwhile."""

import contextlib
import dataclasses
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.intake import dovecot as dovecots
from tests.intake.dovecot import PASSWORD, Dovecot
from unbroken.ground.actor import HOUSE
from unbroken.ground.loops import Stop
from unbroken.intake import imap
from unbroken.intake.actions import set_mailbox
from unbroken.intake.models import Intake, MailboxMark

pytestmark = [
    pytest.mark.peers,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(dovecots.why_not()), reason=dovecots.why_not() or "-"),
]

AT = datetime(2026, 5, 24, 6, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with dovecots.running() as server:
        yield server


_names = iter(f"box{number}" for number in range(1000))


@pytest.fixture
def name(dovecot: Dovecot) -> str:
    """A new account for each test."""
    name = next(_names)
    dovecot.knows(name)
    return name


def a_mail(number: int, words: str = "no sync") -> bytes:
    return (
        f"From: anneke@home.example\r\nMessage-ID: <{number}@x>\r\n"
        f"Date: Sun, 24 May 2026 08:05:00 +0200\r\nSubject: {number}\r\n\r\n{words}\r\n"
    ).encode()


def read_from(dovecot: Dovecot, name: str, key: str = "support", **more: Any) -> None:
    place = {"host": "127.0.0.1", "port": dovecot.imap, "tls": False, "seconds": 1}
    place |= {"user": name, "password": PASSWORD} | more
    set_mailbox(key=key, address=f"{key}@isp.example", imap=place, by=HOUSE, at=AT)


@contextlib.contextmanager
def reading() -> Iterator[Stop]:
    """The loop of the mailboxes, as `unbroken watch` runs it."""
    stop = Stop()
    thread = threading.Thread(target=lambda: (imap.run(stop), connection.close()))
    thread.start()
    try:
        yield stop
    finally:
        stop.ask()
        thread.join(120)
    assert not thread.is_alive()


def until(is_so: Callable[[], bool], seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return
        time.sleep(0.1)
    trouble = list(MailboxMark.objects.values_list("error", flat=True))
    raise AssertionError(f"it never came to be; taken in: {subjects()}, trouble: {trouble}")


def subjects() -> list[int]:
    raws = [
        bytes(raw or b"") for raw in Intake.objects.order_by("id").values_list("raw", flat=True)
    ]
    return [int(raw.partition(b"Subject: ")[2].partition(b"\r\n")[0] or 0) for raw in raws]


def errors() -> dict[int, str]:
    return dict(MailboxMark.objects.values_list("mailbox_id", "error"))


def test_mail_is_taken_in_as_it_comes_and_marked_read(dovecot: Dovecot, name: str) -> None:
    dovecot.deliver(name, a_mail(1))
    read_from(dovecot, name)

    with reading():
        until(lambda: subjects() == [1])
        dovecot.deliver(name, a_mail(2))
        until(lambda: subjects() == [1, 2])
        until(lambda: dovecot.unread(name) == 0)

    intake = Intake.objects.order_by("id")[1]
    assert intake.mailbox == "support"
    assert intake.envelope["door"] == "imap"
    assert set(errors().values()) == {""}


def test_the_first_look_leaves_old_read_mail_alone(dovecot: Dovecot, name: str) -> None:
    for number in (1, 2):
        dovecot.deliver(name, a_mail(number))
    with dovecot.opened(name) as owner:
        owner.store("1", "+FLAGS", "\\Seen")
    read_from(dovecot, name)

    with reading():
        until(lambda: subjects() == [2])
        dovecot.deliver(name, a_mail(3))
        until(lambda: subjects() == [2, 3])


def test_all_old_mail_is_taken_when_asked_for(dovecot: Dovecot, name: str) -> None:
    for number in range(1, 121):
        dovecot.deliver(name, a_mail(number))
    with dovecot.opened(name) as owner:
        owner.store("1:100", "+FLAGS", "\\Seen")
    read_from(dovecot, name, begin="all")

    with reading():
        until(lambda: subjects() == list(range(1, 121)))


def test_a_crash_before_the_bookmark_takes_nothing_in_twice(dovecot: Dovecot, name: str) -> None:
    """Accident: committed, then killed; the bookmark still stands before the mail."""
    dovecot.deliver(name, a_mail(1))
    read_from(dovecot, name, after="leave")
    with reading():
        until(lambda: subjects() == [1])
        until(lambda: MailboxMark.objects.filter(last_uid=1).exists())
    MailboxMark.objects.update(last_uid=0)

    with reading():
        dovecot.deliver(name, a_mail(2))
        until(lambda: subjects() == [1, 2])


def test_a_server_that_numbers_anew_repeats_nothing(dovecot: Dovecot, name: str) -> None:
    """Accident: the folder was made anew from a backup; every UID means another mail now."""
    dovecot.deliver(name, a_mail(1))
    dovecot.deliver(name, a_mail(2))
    read_from(dovecot, name)
    with reading():
        until(lambda: subjects() == [1, 2])
    MailboxMark.objects.update(uid_validity=77, last_uid=90_000)

    with reading():
        dovecot.deliver(name, a_mail(3))
        until(lambda: subjects() == [1, 2, 3])

    assert MailboxMark.objects.get().last_uid == 3


def test_a_mailbox_out_of_order_does_not_stop_the_others(dovecot: Dovecot, name: str) -> None:
    """Accident: a wrong password and a host that does not answer, beside a good mailbox."""
    read_from(dovecot, name, key="wrong", password="guess")
    read_from(dovecot, name, key="away", host="127.0.0.1", port=9)
    read_from(dovecot, name, key="good")
    dovecot.deliver(name, a_mail(1))

    with reading():
        until(lambda: subjects() == [1])
        until(lambda: sum(bool(error) for error in errors().values()) == 2)
        read_from(dovecot, name, key="wrong")
        until(lambda: sum(bool(error) for error in errors().values()) == 1)


def test_the_server_may_go_and_come_back(name: str) -> None:
    """Accident: the mail server is restarted while we wait in IDLE."""
    with dovecots.running() as server:
        server.knows(name)
        server.deliver(name, a_mail(1))
        read_from(server, name)
        with reading():
            until(lambda: subjects() == [1])
            server.stop()
            until(lambda: any(errors().values()))
            server.start()
            server.deliver(name, a_mail(2))
            until(lambda: subjects() == [1, 2])


def test_a_mail_too_large_is_cut_and_the_rest_goes_on(
    dovecot: Dovecot, name: str, house_settings: Any
) -> None:
    """Attack: a mail larger than the house allows; it stays there whole."""
    house_settings.UNBROKEN = dataclasses.replace(settings.UNBROKEN, mail_bytes_max=1_500_000)
    for raw in (a_mail(1), a_mail(2, "x" * 70 + "\r\n" + "y" * 2_000_000), a_mail(3)):
        dovecot.deliver(name, raw)
    read_from(dovecot, name)

    with reading():
        until(lambda: subjects() == [1, 2, 3])

    cut = Intake.objects.order_by("id")[1]
    assert cut.size == 1_000_000
    assert cut.envelope["whole_size"] > 2_000_000


def test_bytes_that_are_no_mail_do_not_stop_the_mailbox(dovecot: Dovecot, name: str) -> None:
    """Accident: something that is no mail at all lies in the mailbox."""
    dovecot.deliver(name, a_mail(1))
    with dovecot.opened(name) as owner:
        owner.append("INBOX", "", "", b"\xff\xfe no header at all \x80\r\n" * 30)
    dovecot.deliver(name, a_mail(3))
    read_from(dovecot, name)

    with reading():
        until(lambda: subjects() == [1, 0, 3])


def test_what_is_ours_may_be_moved_away(dovecot: Dovecot, name: str) -> None:
    dovecot.deliver(name, a_mail(1))
    with dovecot.opened(name) as owner:
        owner.create("Done")
    read_from(dovecot, name, after="move:Done")

    with reading():
        until(lambda: subjects() == [1])
        dovecot.deliver(name, a_mail(2))
        until(lambda: subjects() == [1, 2])

    with dovecot.opened(name, "Done") as owner:
        assert len(owner.search(None, "ALL")[1][0].split()) == 2


def test_without_idle_the_mailbox_is_asked_again_and_again(name: str) -> None:
    with dovecots.running("imap_capability = IMAP4rev1 UIDPLUS LITERAL+ MOVE") as server:
        server.knows(name)
        read_from(server, name, seconds=1)
        with reading():
            until(lambda: MailboxMark.objects.exists())
            server.deliver(name, a_mail(1))
            until(lambda: subjects() == [1])


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_a_certificate_nobody_vouches_for_is_refused(dovecot: Dovecot, name: str, tls: str) -> None:
    """Attack: somebody stands between us and the mail server."""
    port = dovecot.imaps if tls == "tls" else dovecot.imap
    dovecot.deliver(name, a_mail(1))
    read_from(dovecot, name, tls=tls, port=port)

    with reading():
        until(lambda: "certificate" in "".join(errors().values()).lower())
        assert subjects() == []
        read_from(dovecot, name, tls=tls, port=port, verify=False)
        until(lambda: subjects() == [1])
