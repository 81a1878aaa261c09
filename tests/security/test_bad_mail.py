"""Bad mail at the real doors: a clear refusal or a safe showing, and nothing lost."""

import base64
import io
import zipfile
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from tests.intake.doors import Client, open_doors
from tests.security.crowd import ANNEKE, MILA, Crowd, a_mail, gather
from unbroken.console.sent_mail import sent_folder
from unbroken.conversation import queries as conversation
from unbroken.conversation.models import Delivery, Message
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.intake.ids import IntakeId
from unbroken.intake.models import Intake
from unbroken.intake.reading import read_intake
from unbroken.intake.sending import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(transactional_db: None, a_plain_house: None) -> Crowd:
    """The crowd as other connections see it."""
    return gather()


def hand_in(port: int, raw: bytes, *to: bytes, hello: bytes = b"EHLO home.example") -> bytes:
    """One mail through a door; what the door says to it."""
    with closing(Client(port)) as client:
        client.say(hello)
        return client.send(raw, *(to or (b"support@isp.example",)))


def entered() -> Message:
    """The last thing that was taken in, read; the message that it became."""
    intake = Intake.objects.latest("id")
    outcome = read_intake(IntakeId(intake.pk), at=now())
    assert outcome.message_id is not None
    return Message.objects.get(pk=outcome.message_id)


def page_of(crowd: Crowd, message: Message) -> str:
    """The page of its ticket, as an agent gets it."""
    answer = crowd.agent(MILA).get(f"/console/tickets/{message.ticket_id}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_mail_too_big_is_refused_and_the_next_one_is_taken(
    committed: Crowd, house_settings: Any
) -> None:
    before = Intake.objects.count()
    with open_doors(house_settings, mail_bytes_max=20_000) as (lmtp, smtp):
        big, fits = a_mail(body="x" * 30_000), a_mail()
        with closing(Client(smtp)) as client:
            client.say(b"EHLO home.example")
            told = client.say(b"MAIL FROM:<a@home.example> SIZE=100000000")
        refused = hand_in(smtp, big), hand_in(lmtp, big, hello=b"LHLO relay")
        taken = hand_in(smtp, fits)

    assert told.startswith(b"552 5.3.4")
    assert all(one.startswith(b"552 5.3.4") for one in refused)
    assert taken.startswith(b"250 ")
    assert Intake.objects.count() == before + 1


def test_an_archive_of_archives_is_kept_whole_and_held_apart(
    committed: Crowd, house_settings: Any
) -> None:
    """Attack: 42.zip, a few kilobytes that unpack to a disk full of zeros."""
    bomb = b"\0" * 2_000_000
    for _ in range(6):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(4):
                archive.writestr(f"{copy}.zip", bomb)
        bomb = buffer.getvalue()
    coded = base64.encodebytes(bomb).decode().replace("\n", "\r\n")
    raw = a_mail(
        "Content-Type: application/zip; name=bomb.zip",
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment; filename=bomb.zip",
        body=coded,
    )
    with open_doors(house_settings) as (_lmtp, smtp):
        assert hand_in(smtp, raw).startswith(b"250 ")

    message = entered()

    file = conversation.message(message.pk).attachments[0]  # type: ignore[union-attr]
    assert file.held
    path = f"/console/tickets/{message.ticket_id}/files/{file.id}"
    client = committed.agent(MILA)
    assert client.get(path).status_code == 404
    assert client.get(f"{path}?open=held").content == bomb


def test_ten_thousand_recipients_fill_no_page_and_get_no_mail(
    committed: Crowd, house_settings: Any
) -> None:
    """Attack: we are made to write to ten thousand people."""
    many = ",\r\n ".join(f"p{n}@crowd.example" for n in range(10_000))
    raw = a_mail(f"To: support@isp.example,\r\n {many}", f"Cc: {many}")
    with open_doors(house_settings) as (_lmtp, smtp), closing(Client(smtp)) as client:
        client.say(b"EHLO home.example")
        client.say(b"MAIL FROM:<anneke@home.example>")
        codes = [client.say(b"RCPT TO:<p%d@isp.example>" % number)[:3] for number in range(1_100)]
        client.say(b"DATA")
        taken = client.say(raw + b".")

    assert codes[:1_000] == [b"250"] * 1_000
    assert set(codes[1_000:]) == {b"452"}
    assert taken.startswith(b"250 ")
    message = entered()
    drain()
    assert len(page_of(committed, message)) < 2_000_000
    sent_to = [address for one in Delivery.objects.all() for address in (*one.to, *one.cc)]
    assert not [address for address in sent_to if "crowd.example" in address[1]]


SUBJECTS = (
    "Subject: hi =?utf-8?q?=0D=0ABcc=3A_eve=40evil.example?=",
    "Subject: =?utf-8?b?aGkNClgtRXZpbDogMQ0KDQpib2R5?=",
    "Subject: hi\x0bBcc: eve@evil.example",
    "Subject: hi\r\n\tBcc: eve@evil.example",
)


def test_a_header_of_theirs_adds_none_to_ours(committed: Crowd, house_settings: Any) -> None:
    """Attack: line breaks in a subject, which comes back in our answer's headers."""
    tickets = []
    with open_doors(house_settings) as (_lmtp, smtp):
        for subject in SUBJECTS:
            assert hand_in(smtp, a_mail(subject)).startswith(b"250 "), subject
            tickets.append(entered().ticket_id)
    drain()

    for subject, ticket in zip(SUBJECTS, tickets, strict=True):
        mails = _sent_on(committed, ticket)

        assert mails, subject
        for mail in mails:
            assert mail["Bcc"] is None, subject
            assert mail["X-Evil"] is None, subject
            assert {address.addr_spec for address in mail["To"].addresses} == {ANNEKE}


def _sent_on(crowd: Crowd, ticket: int) -> list[Any]:
    """An answer of Mila's, and everything that leaves on a ticket."""
    form = {"mode": "reply", "words": "We look."}
    assert crowd.agent(MILA).post(f"/console/tickets/{ticket}/messages", form).status_code == 303
    drain(upto=now() + timedelta(minutes=1))
    for delivery in Delivery.objects.filter(ticket_id=ticket):
        send(delivery.pk, at=now() + timedelta(minutes=1))
    folder = _folder()
    return [
        message_from_bytes(path.read_bytes(), policy=default)
        for path in folder.glob(f"u.{ticket}.*.eml")
    ]


def _folder() -> Any:
    folder = sent_folder()
    assert folder is not None
    return folder
