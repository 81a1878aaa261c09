"""A crew reports by one tap or one word: no account, one problem, for a while, each tap once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.ground.log import events_of, words_of
from unbroken.intake.actions.crews import end_pass, give_pass
from unbroken.intake.crews.first_word import Reported, reported
from unbroken.intake.crews.passes import Pass, pass_of, pass_token
from unbroken.intake.entering.one_word import enter_one_word
from unbroken.intake.inbound import Inbound, LetterMark, Mailbox
from unbroken.intake.mail import Desk, read
from unbroken.intake.mail.letter_marks import letter_address, letter_id
from unbroken.outage import actions as outage
from unbroken.outage import queries


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Left.", Reported("left")),
        ("выехали", Reported("left")),
        ("Partiti!\n\nLuca", Reported("left", None, "Luca")),
        ("30", Reported("minutes", 30)),
        ("in 20 min", Reported("minutes", 20)),
        ("через 15 минут", Reported("minutes", 15)),
        ("tra 40 minuti", Reported("minutes", 40)),
        ("WORKING", Reported("working")),
        ("al lavoro", Reported("working")),
        ("Готово", Reported("done")),
        ("fatto, tutto bene", Reported("done", None, "tutto bene")),
        ("Not done: no access", Reported("notDone", None, "no access")),
        ("не готово", Reported("notDone")),
        ("non fatto", Reported("notDone")),
        ("0", None),
        ("999", None),
        ("leftover parts are missing", None),
        ("Who are you?", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_first_word_is_the_step_in_three_languages(text: str, step: Reported | None) -> None:
    assert reported(text) == step


def a_pass(**more: object) -> Pass:
    at = now()
    problem = outage.open_problem(
        element="cable-44", origin="agent", severity="major", since=at, services={}, by=HOUSE,
        at=at,
    )  # fmt: skip
    told = {"lasts": timedelta(hours=1), "at": at, **more}
    number = give_pass(
        problem=problem, language="it", for_whom="Luca", is_mailed=False, by=Actor.agent(7), **told,  # type: ignore[arg-type]
    )  # fmt: skip
    found = pass_of(number)
    assert found is not None
    return found


def steps(given: Pass) -> list[str]:
    told = events_of([f"problem:{given.problem}"])
    return [one.data["step"] for one in told if one.kind == "problem.step_taken"]


def tapped(page: Client, given: Pass, step: str, **more: str) -> int:
    path = f"/crew/{pass_token(given.id)}"
    seen = str(page.get(path).content).partition('name="seen" value="')[2].partition('"')[0]
    return page.post(path, {"step": step, "seen": seen, **more}).status_code


@pytest.mark.django_db
def test_one_tap_is_one_step_without_account_or_cookie_and_its_repetition_is_none() -> None:
    given, page = a_pass(), Client(enforce_csrf_checks=True)
    path = f"/crew/{pass_token(given.id)}"
    assert "Siamo partiti" in page.get(path).content.decode()
    assert "We have left" in page.get(f"{path}?in=en").content.decode()

    first = {"step": "30", "seen": "."}
    assert page.post(path, first).status_code == 303
    due = queries.problem(given.problem).due_at  # type: ignore[union-attr]
    assert page.post(path, first).status_code == 409, "a double tap, a page sent again"
    assert queries.problem(given.problem).due_at == due  # type: ignore[union-attr]

    assert tapped(page, given, "notDone", note="The closure is flooded") == 303
    assert tapped(page, given, "dance") == 409
    assert steps(given) == ["minutes", "notDone"]
    told = events_of([f"problem:{given.problem}"])[-1]
    assert told.by == f"crew:{given.id}"
    assert words_of([told.data["note"]])[told.data["note"]] == "The closure is flooded"
    assert events_of([f"crew_pass:{given.id}"])[0].by.startswith("agent:"), "who stands for it"


@pytest.mark.django_db
def test_a_link_that_is_over_taken_back_or_made_by_another_reports_nothing() -> None:
    page = Client()
    over = a_pass(lasts=timedelta(minutes=5), at=now() - timedelta(minutes=6))
    back = a_pass()
    end_pass(pass_id=back.id, by=HOUSE, at=now())
    for given in (over, back):
        path = f"/crew/{pass_token(given.id)}"
        assert page.post(path, {"step": "done", "seen": "."}).status_code == 410
        assert steps(given) == []
    forged = pass_token(back.id).replace(str(back.id), str(over.id), 1)
    assert page.get(f"/crew/{forged}").status_code == 404


def outcome(mail: Inbound) -> str:
    entered = enter_one_word(mail, at=now())
    assert entered is not None
    return entered.outcome


@pytest.mark.django_db
def test_a_reply_is_a_step_once_and_a_machines_reply_is_none() -> None:
    given = a_pass()
    marked = Inbound(
        sender=Mailbox("Luca", "luca@netco.example"), new_text="in 20 minutes\n\nTraffic.",
        letter_mark=LetterMark("w", given.id), message_id="<one@phone.example>",
    )  # fmt: skip

    assert outcome(marked) == "reported"
    assert outcome(marked) == "kept", "the same mail came again"
    assert outcome(replace(marked, may_auto_answer=False, message_id="<2@phone.example>")) == "kept"
    assert steps(given) == ["minutes"]
    end_pass(pass_id=given.id, by=HOUSE, at=now())
    assert outcome(replace(marked, new_text="done", message_id="<3@phone.example>")) == "kept"
    assert steps(given) == ["minutes"]


def test_only_our_own_mark_on_a_reply_counts() -> None:
    def reply(answers: str, to: str) -> Inbound:
        head = f"From: luca@netco.example\r\nTo: {to}\r\nIn-Reply-To: <{answers}>\r\n"
        return read(f"{head}\r\ndone\r\n".encode(), Desk(secret=b"ours"))

    ours, theirs = (letter_id("w", 7, key, "isp.example") for key in (b"ours", b"theirs"))
    address = letter_address("desk@isp.example", "w", 7, b"ours")
    assert reply(ours.upper(), "desk@isp.example").letter_mark == LetterMark("w", 7)
    assert reply("x@y.example", address).letter_mark == LetterMark("w", 7)
    assert reply(theirs, "desk@isp.example").letter_mark is None
    assert reply(ours.replace("w.7", "w.8"), "desk@isp.example").letter_mark is None
