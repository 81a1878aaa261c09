"""Mail of the past becomes history: every mail on a ticket, once, under its own date."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from unbroken.conversation import queries
from unbroken.conversation.incoming import ReplyTo
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE
from unbroken.ground.log import events_of
from unbroken.ground.models import Letter
from unbroken.house.commands import adopt, import_mail, messages, replay
from unbroken.intake.actions import RawThing, set_mailbox, take_in
from unbroken.intake.importing import Report
from unbroken.intake.importing import import_mail as take_history
from unbroken.intake.mail import dedupe_key
from unbroken.intake.mailboxes import forget_mailboxes
from unbroken.intake.models import Intake
from unbroken.intake.reading import read_intake

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 24, 6, 5, tzinfo=UTC)
BEGAN = datetime(2019, 3, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def our_mailbox() -> Iterator[None]:
    set_mailbox(key="support", address="support@isp.example", is_default=True, by=HOUSE, at=NOW)
    forget_mailboxes()
    yield
    forget_mailboxes()


def a_mail(
    name: str,
    *,
    answers: str = "",
    refers_to: str = "",
    sender: str = "Anneke <anneke@home.example>",
    subject: str = "no sync",
    hours: float = 0,
    words: str = "the lamp is dark",
    more: str = "",
) -> bytes:
    date = (BEGAN + timedelta(hours=hours)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    head = f"From: {sender}\nTo: support@isp.example\nDate: {date}\nSubject: {subject}\n"
    head += f"Message-ID: <{name}@x>\n"
    head += "".join(f"In-Reply-To: <{one}@x>\n" for one in answers.split())
    if refers_to:
        head += "References: " + " ".join(f"<{one}@x>" for one in refers_to.split()) + "\n"
    return f"{head}{more}\n{words}\n".encode()


def a_box(folder: Path, *mails: bytes, name: str = "box.mbox") -> Path:
    box = folder / name
    box.write_bytes(b"".join(b"From x Mon Mar  4 09:00:00 2019\n" + mail + b"\n" for mail in mails))
    return box


def imported(*paths: Path, **more: object) -> Report:
    report = take_history(paths, at=NOW, **more)  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return report


def tickets() -> dict[str, int]:
    return {
        line.message_id.strip("<>").partition("@")[0]: line.ticket
        for line in messages.every_message(None)
    }


def test_every_mail_is_on_a_ticket_with_its_own_date(tmp_path: Path) -> None:
    box = a_box(tmp_path, a_mail("a"), a_mail("b", answers="a", hours=5), a_mail("c", hours=1))

    report = imported(box)

    assert (report.read, report.new, report.known, report.refused) == (3, 3, 0, [])
    found = tickets()
    assert found["a"] == found["b"] < found["c"]
    first, second = queries.messages_of(found["a"])
    assert (first.at, second.at) == (BEGAN, BEGAN + timedelta(hours=5))
    assert {event.imported for event in events_of([f"ticket:{found['a']}"])} == {True}


def test_nothing_follows_from_history(tmp_path: Path) -> None:
    before = Letter.objects.count()

    imported(a_box(tmp_path, a_mail("a"), a_mail("b", answers="a")))

    assert Letter.objects.count() == before
    facts = queries.ticket_facts(tickets()["a"])
    assert facts is not None
    assert facts.imported
    assert facts.is_open


def test_the_second_time_changes_nothing(tmp_path: Path) -> None:
    box = a_box(tmp_path, a_mail("a"), a_mail("b", answers="a"), a_mail("c"))
    imported(box)
    before = [
        event.id for number in tickets().values() for event in events_of([f"ticket:{number}"])
    ]

    report = imported(box)

    assert (report.new, report.known) == (0, 3)
    after = [event.id for number in tickets().values() for event in events_of([f"ticket:{number}"])]
    assert after == before


def test_an_import_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    """Accident: half of a conversation was taken in, then the power failed."""
    imported(a_box(tmp_path, a_mail("b", answers="a", hours=1), name="half.mbox"))

    report = imported(
        a_box(
            tmp_path,
            a_mail("a"),
            a_mail("b", answers="a", hours=1),
            a_mail("c", answers="b", hours=2),
        )
    )

    assert (report.new, report.known) == (2, 1)
    assert len(set(tickets().values())) == 1


def test_answers_before_their_originals_thread_right(tmp_path: Path) -> None:
    box = a_box(
        tmp_path,
        a_mail("c", answers="b", hours=2),
        a_mail("z", hours=3),
        a_mail("a"),
        a_mail("b", answers="a", hours=1),
    )

    imported(box)

    found = tickets()
    assert found["a"] == found["b"] == found["c"] != found["z"]
    assert [m.message_id for m in queries.messages_of(found["a"])] == ["<a@x>", "<b@x>", "<c@x>"]


def test_a_person_named_in_in_reply_to_is_no_mail(tmp_path: Path) -> None:
    """Accident: old mailers write "Message from Bob <bob@…> of <id>"; Bob's mails are not one."""
    bob = "Bob <bob@shop.example>"
    odd = "In-Reply-To: Message from Bob <bob@shop.example> of Monday\n"
    one, other = a_mail("p", more=f"Cc: {bob}\n{odd}"), a_mail("q", more=f"Cc: {bob}\n{odd}")

    imported(a_box(tmp_path, one, other))

    assert tickets()["p"] != tickets()["q"]


def test_a_mail_that_names_two_tickets_joins_one_and_links_the_other(tmp_path: Path) -> None:
    imported(a_box(tmp_path, a_mail("a"), a_mail("b", hours=1), a_mail("c", refers_to="a b")))

    found = tickets()
    assert found["c"] == found["b"] != found["a"]
    assert [link.other for link in queries.links_of(found["b"])] == [found["a"]]


def test_what_we_wrote_ourselves_is_our_answer(tmp_path: Path) -> None:
    own = a_mail("b", answers="a", hours=1, sender="Support <support@isp.example>")

    imported(a_box(tmp_path, a_mail("a"), own))

    lines = list(messages.every_message(tickets()["a"]))
    assert [(line.direction, line.kind) for line in lines] == [
        ("in", "message"),
        ("out", "message"),
    ]
    facts = queries.ticket_facts(tickets()["a"])
    assert facts is not None
    assert (facts.status, facts.answered_at) == ("inProgress", BEGAN + timedelta(hours=1))


def test_what_this_desk_sent_itself_is_on_record_already(tmp_path: Path) -> None:
    """Accident: the folder of sent mail is imported too, after the answers went out from here."""
    imported(a_box(tmp_path, a_mail("a"), a_mail("b", answers="a", sender="support@isp.example")))
    sent = a_mail("b", answers="a", sender="support@isp.example", words="signed by the relay")

    report = imported(a_box(tmp_path, sent, a_mail("c", answers="b", hours=1), name="sent.mbox"))

    assert (report.new, report.known) == (1, 1)
    assert len(list(messages.every_message(tickets()["a"]))) == 3


def test_a_conversation_that_we_began_is_with_whom_we_wrote_to(tmp_path: Path) -> None:
    anneke = directory.register_contact(
        name="Anneke", email="anneke@home.example", by=HOUSE, at=NOW
    )
    own = a_mail("a", sender="support@isp.example").replace(
        b"To: support@isp.example", b"To: Anneke <anneke@home.example>"
    )

    imported(a_box(tmp_path, own))

    facts = queries.ticket_facts(tickets()["a"])
    assert facts is not None
    assert facts.contact_id == anneke


def test_machines_are_kept_as_what_they_are(tmp_path: Path) -> None:
    away = a_mail("b", answers="a", hours=1, more="Auto-Submitted: auto-replied\n")
    bounce = a_mail(
        "c",
        answers="a",
        hours=2,
        sender="MAILER-DAEMON@relay.example",
        subject="Undelivered Mail Returned to Sender",
        words="<anneke@home.example>: host mx said: 550 5.1.1 no such user",
    )

    imported(a_box(tmp_path, a_mail("a"), away, bounce))

    kinds = [line.kind for line in messages.every_message(tickets()["a"])]
    assert kinds == ["message", "auto_reply", "bounce"]


def test_a_stranger_who_joins_is_heard_by_agents_only(tmp_path: Path) -> None:
    bram = a_mail("b", answers="a", hours=1, sender="Bram <bram@shop.example>")

    imported(a_box(tmp_path, a_mail("a"), bram))

    ticket = tickets()["a"]
    assert [(m.kind, m.audience) for m in queries.messages_of(ticket)] == [
        ("message", "customer"), ("third_party", "agents"),
    ]  # fmt: skip
    roles = {(one.role, one.confirmed) for one in queries.participants_of(ticket)}
    assert roles == {("reporter", True), ("third", False)}
    goes_to = queries.reply_goes_to(ticket)
    assert isinstance(goes_to, ReplyTo)
    assert goes_to.cc == ()


def test_a_number_alone_joins_only_for_who_belongs_to_it(tmp_path: Path) -> None:
    imported(a_box(tmp_path, a_mail("a")))
    number = tickets()["a"]

    imported(
        a_box(
            tmp_path,
            a_mail("own", subject=f"again [#{number}]", hours=2),
            a_mail("else", subject=f"mine? [#{number}]", hours=3, sender="m@else.example"),
            name="later.mbox",
        )
    )

    found = tickets()
    assert found["own"] == number
    assert found["else"] != number
    assert [link.other for link in queries.links_of(found["else"])] == [number]


def test_history_joins_what_came_through_the_door(tmp_path: Path) -> None:
    raw = a_mail("live")
    intake, _ = take_in(RawThing("mail", raw, dedupe_key(raw), "support"), at=NOW)
    ticket = read_intake(intake, at=NOW).ticket_id

    report = imported(a_box(tmp_path, raw, a_mail("older", refers_to="live", hours=1)))

    assert (report.new, report.known) == (1, 1)
    assert tickets()["older"] == ticket
    assert [event.imported for event in events_of([f"ticket:{ticket}"])] == [False, True]


def test_at_the_door_too_an_original_may_come_after_its_answer() -> None:
    numbers = []
    for raw in (a_mail("b", answers="a", hours=1), a_mail("a")):
        intake, _ = take_in(RawThing("mail", raw, dedupe_key(raw), "support"), at=NOW)
        numbers.append(read_intake(intake, at=NOW).ticket_id)

    assert numbers[0] == numbers[1]


def test_mails_of_a_machine_that_names_them_all_alike_stay_apart(tmp_path: Path) -> None:
    """Accident: a box on the wall sends every alarm under the same Message-ID."""
    alarms = [a_mail("a", hours=n, words=f"alarm {n}", sender="box@wall.example") for n in (0, 1)]
    copy = a_mail("a", words="alarm 0\n-- \nscanned by the relay", sender="box@wall.example")

    report = imported(a_box(tmp_path, *alarms, copy))

    assert (report.new, len(report.tickets)) == (3, 2)


def test_at_the_door_too_such_mails_stay_apart() -> None:
    numbers = []
    for words in ("alarm 0", "alarm 1"):
        raw = a_mail("a", words=words, sender="box@wall.example")
        intake, _ = take_in(RawThing("mail", raw, dedupe_key(raw), "support"), at=NOW)
        numbers.append(read_intake(intake, at=NOW).ticket_id)

    assert numbers[0] != numbers[1]


def test_maildirs_folders_and_single_files(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / "Maildir" / name).mkdir(parents=True)
    (tmp_path / "Maildir" / "cur" / "1.a:2,S").write_bytes(a_mail("a"))
    (tmp_path / "Maildir" / "new" / "2.b").write_bytes(a_mail("b", answers="a", hours=1))
    (tmp_path / "one.eml").write_bytes(a_mail("c"))

    report = imported(tmp_path / "Maildir", tmp_path / "one.eml")

    assert report.new == 3
    assert tickets()["a"] == tickets()["b"]


def test_what_cannot_be_opened_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Accident: a path with a slip, an empty file, a file of bytes that are no mail."""
    (tmp_path / "empty.eml").write_bytes(b"")
    (tmp_path / "noise.eml").write_bytes(bytes(range(256)) * 20)

    report = imported(
        tmp_path / "nowhere", tmp_path / "empty.eml", tmp_path / "noise.eml",
        a_box(tmp_path, a_mail("a")),
    )  # fmt: skip

    assert [Path(item).name for item, _ in report.refused] == ["nowhere", "empty.eml"]
    assert report.new == 2
    assert Intake.objects.filter(ticket_id__isnull=True).count() == 0


@pytest.mark.parametrize("date", ["Date: nonsense\n", "Date: Fri, 1 Jan 2099 00:00:00 +0000\n", ""])
def test_an_impossible_date_gives_way_to_the_last_server_s(tmp_path: Path, date: str) -> None:
    received = "Received: from a by b; Tue, 5 Mar 2019 10:00:00 +0000\n"
    raw = f"{received}From: a@home.example\n{date}Message-ID: <a@x>\n\nhi\n".encode()

    imported(a_box(tmp_path, raw))

    (message,) = queries.messages_of(tickets()["a"])
    assert message.at == datetime(2019, 3, 5, 10, 0, tzinfo=UTC)


def test_a_mailbox_can_be_named_for_all_of_it(tmp_path: Path) -> None:
    set_mailbox(key="noc", address="noc@isp.example", by=HOUSE, at=NOW)
    forget_mailboxes()

    imported(a_box(tmp_path, a_mail("a")), mailbox="noc")

    facts = queries.ticket_facts(tickets()["a"])
    assert facts is not None
    assert facts.mailbox == "noc"
    assert Intake.objects.get().mailbox == "noc"


def test_adopted_on_import_promises_may_begin(tmp_path: Path) -> None:
    box = a_box(tmp_path, a_mail("a"))
    imported(box)

    report = imported(box, adopt=True)

    assert report.adopted == 1
    log = events_of([f"ticket:{tickets()['a']}"])
    assert [(event.kind, event.imported) for event in log][-1] == ("ticket.adopted", False)


# ── the commands ──────────────────────────────────────────────────────────────


def test_the_command_tells_what_became_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box = a_box(tmp_path, a_mail("a"), a_mail("a"))
    status = import_mail.run(_parsed(import_mail, str(box), str(tmp_path / "nowhere"), "--json"))

    told = json.loads(capsys.readouterr().out)

    assert status == 1
    assert (told["read"], told["new"], told["known"]) == (2, 1, 1)
    assert [Path(one["item"]).name for one in told["refused"]] == ["nowhere"]


def test_messages_are_listed_as_the_contract_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = a_mail("a")
    imported(a_box(tmp_path, raw, a_mail("b", hours=1)))

    messages.run(_parsed(messages, "--ticket", str(tickets()["a"]), "--json"))

    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert told["message_id"] == "<a@x>"
    assert told["direction"] == "in"
    assert told["from"] == "anneke@home.example"
    assert told["to"] == ["support@isp.example"]
    assert told["at"] == BEGAN.isoformat()
    assert len(told["sha256"]) == 64


def test_adopting_names_what_it_cannot_adopt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(a_box(tmp_path, a_mail("a")))
    number = tickets()["a"]

    status = adopt.run(_parsed(adopt, str(number), "999999", "--json"))

    told = json.loads(capsys.readouterr().out)
    assert (status, told["adopted"], told["refused"][0]["item"]) == (1, [number], 999999)


def test_a_replay_reads_again_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(a_box(tmp_path, a_mail("a")))
    intake = Intake.objects.get()

    status = replay.run(_parsed(replay, str(intake.pk), "--json"))

    told = json.loads(capsys.readouterr().out)
    assert status == 0
    assert told["recorded"] == {"outcome": "opened", "ticket": tickets()["a"]}
    assert told["now"] == {"outcome": "opened", "ticket": None, "by": "", "linked": []}
    assert told["says"]["new_text"].strip() == "the lamp is dark"
    assert Intake.objects.get().version == intake.version


def _parsed(command: object, *typed: str) -> object:
    import argparse

    parser = argparse.ArgumentParser()
    command.add_arguments(parser)  # type: ignore[attr-defined]
    return parser.parse_args(typed)
