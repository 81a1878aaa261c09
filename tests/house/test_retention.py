"""What is older than it is kept goes by night, batch by batch, and nothing else does."""

import argparse
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from tests.house.test_erasing import anneke_wrote, everything_kept
from tests.house.test_erasing import data_folder as data_folder
from unbroken.conversation import actions, queries
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.ground import retention
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.keeping import Keeping, kinds
from unbroken.ground.log import events_of
from unbroken.ground.loops import Stop
from unbroken.house import doctor_desk, loops
from unbroken.house.commands import retention_list, retention_preview, retention_run
from unbroken.intake.models import Intake
from unbroken.staffing.models import Trace

pytestmark = pytest.mark.django_db

WORDS = ("kitchen", "we are on it", "anneke.txt", "dear anneke")


def ended(ticket: TicketId) -> None:
    """The request is resolved and closed now."""
    at = now()
    actions.resolve_ticket(ticket_id=ticket, by=HOUSE, at=at)
    actions.close_ticket(ticket_id=ticket, by=HOUSE, at=at)


def goes(key: str, days: int, *, later: int = 0) -> int:
    """How many rows of a kind go so many days from now."""
    return retention.remove(kinds()[key], days, at=now() + timedelta(days=later))[0]


def raw_mails() -> int:
    """How many mails are there as they came."""
    return Intake.objects.filter(raw__isnull=False).count()


def another(contact_id: int) -> TicketId:
    """The same person asked for something else, and that is still open."""
    opening = Opening(name="Other", channel="web", reported_at=now(), contact_id=contact_id)
    said = Incoming(author=Actor.contact(contact_id), channel="web", words="More.", at=now())
    return actions.acknowledge_ticket(opening, said, by=Actor.contact(contact_id), at=now())[0]


def test_words_files_and_mails_of_a_request_go_some_time_after_it_ended() -> None:
    """What happened stays: number, states, and that something was written."""
    anneke, ticket = anneke_wrote()
    assert goes("words", 30, later=99) == 0, "it is open"
    ended(ticket)
    assert goes("words", 30, later=29) == 0, "not yet"
    assert any(words in everything_kept() for words in WORDS)

    assert goes("words", 30, later=31) == 1

    assert [words for words in WORDS if words in everything_kept()] == []
    facts = queries.ticket_facts(ticket)
    assert facts is not None
    assert (facts.status, facts.contact_id) == ("closed", anneke)
    assert [one.words for one in queries.messages_of(ticket)] == [None, None, None]
    assert goes("words", 30, later=31) == 0, "done is done"


def test_a_mail_that_brought_a_file_is_kept_as_long_as_files_are() -> None:
    _anneke, ticket = anneke_wrote()
    ended(ticket)

    assert (goes("raw_mail", 30, later=31), raw_mails()) == (0, 1)
    assert (goes("files", 30, later=31), raw_mails()) == (1, 0)
    assert queries.messages_of(ticket)[0].words is not None, "what was read from it stays"


@pytest.mark.parametrize("how", ["split off", "merged"])
def test_words_that_an_open_request_shows_too_stay(how: str) -> None:
    """Accident: one message stands in two requests, and only one of them ended."""
    anneke, ticket = anneke_wrote()
    if how == "split off":
        message = queries.messages_of(ticket)[0].id
        actions.split_ticket(
            ticket_id=ticket, message_id=message, name="", by=HOUSE, at=now()
        )  # fmt: skip
        ended(ticket)
    else:
        other = another(anneke)
        actions.merge_tickets(ticket_id=ticket, into_id=other, by=HOUSE, at=now())

    assert [goes(kind, 30, later=31) for kind in ("words", "files", "raw_mail")] == [0, 0, 0]


def test_what_the_law_wants_kept_cannot_be_set_to_go_earlier() -> None:
    with pytest.raises(Refused) as refused:
        retention.settle(key="credits", days=365, by=HOUSE, at=now())

    assert "ten years" in str(refused.value)
    assert retention.kept("credits") == retention.Kept(kinds()["credits"], None)


def test_sessions_that_ended_go_and_those_that_last_stay() -> None:
    """Accident: nobody ever swept the sessions of customers who came once."""
    for key, days in (("old", -31), ("new", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=now() + timedelta(days=days)
        )

    assert goes("sessions", 30) == 1
    assert Session.objects.get().session_key == "new"


def test_each_batch_is_one_event_and_the_next_begins_behind_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for number in range(5):
        Trace.objects.create(at=now() - timedelta(days=800), kind="read", thing=str(number))

    assert retention.remove(kinds()["traces"], 730, at=now(), most=4) == (4, True)
    assert retention.remove(kinds()["traces"], 730, at=now()) == (1, False)

    told = [one.data for one in events_of(["house"]) if one.kind == "house.expired"]
    assert [(one["what"], one["count"]) for one in told] == [
        ("traces", 2),
        ("traces", 2),
        ("traces", 1),
    ]
    assert [(one.what, one.count) for one in retention.removed_lately()] == [("traces", 5)]


def test_a_night_begins_once_by_the_desks_own_clock() -> None:
    night = datetime(2026, 6, 2, 0, 31, tzinfo=UTC)  # 02:31 in Berlin
    assert retention.is_due(at=night, zone="Europe/Berlin")
    retention.end_run(retention.begin_run(at=night), at=night)

    assert not retention.is_due(at=night + timedelta(hours=23), zone="Europe/Berlin")
    assert retention.is_due(at=night + timedelta(hours=24), zone="Europe/Berlin")
    assert retention.is_due(at=night + timedelta(hours=3), zone="UTC")


def test_a_night_that_was_cut_off_is_taken_up_again() -> None:
    at = now()
    began = retention.begin_run(at=at - timedelta(minutes=5))

    assert retention.is_due(at=at, zone="UTC")
    assert retention.begin_run(at=at) == began


def test_a_kind_that_cannot_be_removed_leaves_the_others_their_turn_and_the_doctor_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Trace.objects.create(at=now() - timedelta(days=800), kind="read")
    broken = Keeping("broken", kinds()["traces"].label, kinds()["traces"].label,
                     old="SELECT nonsense", steps=(), days=1)  # fmt: skip
    monkeypatch.setitem(kinds(), "broken", broken)  # type: ignore[arg-type]

    loops.remove_what_is_old(Stop())

    found = doctor_desk.retention()
    assert found.facts["removed"]["traces"] == 1
    assert found.facts["ended_at"] is not None
    (problem,) = found.problems
    assert problem.startswith("Old broken were not removed: ProgrammingError")


def test_the_doctor_tells_when_no_night_came_and_when_one_was_not_enough() -> None:
    assert doctor_desk.retention().problems == []
    run = retention.begin_run(at=now() - timedelta(days=3))
    retention.note_removed(run, "words", count=100_000, has_more=True)
    retention.end_run(run, at=now() - timedelta(days=3))

    enough, late = doctor_desk.retention().problems

    assert "words" in enough
    assert "unbroken retention run" in enough
    assert late.startswith("Nothing old was removed since")


def test_the_commands_list_count_and_remove(capsys: pytest.CaptureFixture[str]) -> None:
    Trace.objects.create(at=now() - timedelta(days=800), kind="read")

    def said(command: Any, *typed: str) -> Any:
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        assert command.run(parser.parse_args([*typed, "--json"])) == 0
        return json.loads(capsys.readouterr().out)

    days = {one["kind"]: (one["days"], one["least"]) for one in said(retention_list)}
    assert days["traces"] == (730, 30)
    assert days["words"] == (None, 30)
    (tried,) = said(retention_preview, "traces", "--days", "900")
    (due,) = said(retention_preview, "traces")
    assert (tried["count"], due["count"]) == (0, 1)
    assert Trace.objects.count() == 1, "counting removes nothing"
    assert said(retention_run, "traces") == {"traces": 1}
    with pytest.raises(Refused):
        said(retention_run, "nonsense")
