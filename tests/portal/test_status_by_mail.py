"""The status page by mail: asked twice, told once a step, ended by one press, then forgotten."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.portal.people import customer, text_of
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.intake.channels import channels
from unbroken.intake.entering.one_word import enter_one_word
from unbroken.intake.inbound import BounceReport, LetterMark
from unbroken.intake.mail import Desk, read
from unbroken.intake.mail.letter_marks import STATUS, letter_id
from unbroken.intake.models_subscribers import StatusReader
from unbroken.intake.outgoing import Outgoing, Refusal, TemporaryFailure
from unbroken.intake.subscribers import state
from unbroken.intake.subscribers.letters import token_of
from unbroken.outage import actions as outage
from unbroken.outage.ids import ProblemId
from unbroken.portal.limits import STATUS_MAILS_FROM_ONE_PLACE, STATUS_MAILS_TO_ONE_ADDRESS
from unbroken.portal.status import mailing
from unbroken.portal.status.components import FEW, Area, Component, Line, drawn
from unbroken.portal.status.news import known, news
from unbroken.portal.status.reading import Snapshot, Work, read_snapshot, snapshot

JAN, BRAM = "jan@post.example", "bram@shop.example"
Mails = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Outgoing]:
    """What the mail server outside took."""
    taken: list[Outgoing] = []

    def deliver(outgoing: Outgoing) -> tuple[Refusal, ...]:
        taken.append(outgoing)
        return ()

    monkeypatch.setattr(channels()["mail"], "deliver", deliver)
    return taken


def street(name: str) -> list[int]:
    """Enough lines for a part of its own."""
    home, at = customer(name), now()
    place = directory.register_place(name=name, by=HOUSE, at=at)
    snapshot.forget()
    return [
        int(
            directory.register_service(
                customer_id=home, technology="vdsl", place_id=place, by=HOUSE, at=at
            )
        )
        for _ in range(FEW)
    ]


def cut(services: list[int], element: str = "cable-44") -> ProblemId:
    at = now()
    snapshot.forget()
    return outage.open_problem(
        element=element, origin="agent", severity="major", since=at,
        services=dict.fromkeys(services, at), by=HOUSE, at=at,
    )  # fmt: skip


def subscribed(address: str, *parts: str) -> int:
    one = state.ask(address=address, language="en", parts=parts, at=now())
    state.confirm(one.id, told=known(one.parts, read_snapshot()), at=now())
    return one.id


def told(**later: float) -> int:
    """Everybody is told what the page says some time from now; how many letters left."""
    found = read_snapshot()
    return mailing.tell_everybody(replace(found, at=found.at + timedelta(**later))).sent


def part(area: str) -> str:
    return next(one.component.id for one in read_snapshot().shown if one.component.area == area)


@pytest.mark.django_db
def test_nothing_is_sent_before_the_button_and_nobody_learns_or_changes_whose_address_is_known(
    mails: Mails, sent: list[Outgoing]
) -> None:
    """Attack: a stranger asks with Jan's address, once to annoy him, once to narrow what he gets;
    a program that looks into mails follows the link."""
    lines, _other = street("Lindenhof"), street("Gartenweg")
    page, form = Client(), {"email": JAN, "part": part("Lindenhof")}
    first = text_of(page.post("/status/mail", form))
    (asked,) = mails()
    found = re.search(r"https?://[^/]+(/status/mail/\S+)", asked["words"])
    assert found is not None
    assert "Yes, send me mail" in page.get(found[1]).content.decode()
    cut(lines)
    assert told(minutes=3) == 0

    assert page.post(found[1]).status_code == 303
    again = page.post("/status/mail", {"email": JAN.upper(), "part": part("Gartenweg")})

    assert text_of(again) == first
    assert mails()[1]["subject"] == "You hear of trouble by mail already"
    row = StatusReader.objects.get()
    assert row.parts == [part("Lindenhof")]
    assert told(minutes=3) == 0, "what the page said when he confirmed is no news"
    assert page.get("/status/mail/1.forged").status_code == 404


@pytest.mark.django_db
def test_a_step_is_one_letter_to_those_whose_part_it_touches_and_one_press_ends_and_forgets(
    sent: list[Outgoing],
) -> None:
    here, there = street("Lindenhof"), street("Gartenweg")
    jan, _bram = subscribed(JAN, part("Gartenweg")), subscribed(BRAM, part("Lindenhof"))
    cable = cut(here)
    outage.take_step(problem_id=cable, step="left", by=HOUSE, at=now())
    assert told() == 0, "what is over within two minutes is never told"

    assert told(minutes=3) == 1
    assert told(minutes=4) == 0
    (letter,) = sent
    assert letter.to == (("", BRAM),)
    assert letter.subject == "Internet by telephone line: Lindenhof does not work"
    assert "We know of it" in letter.text
    assert "The crew is on its way." in letter.text
    assert "cable-44" not in letter.text

    outage.affect_services(
        problem_id=cable, services=dict.fromkeys(there, now()), by=HOUSE, at=now()
    )
    assert told(minutes=5) == 1, "it has spread to where Jan lives: he hears all of it"
    outage.end_problem(problem_id=cable, until=now(), by=HOUSE, at=now())
    Client().get(f"/status/mail/{token_of(jan)}/end")
    assert told(minutes=8) == 2
    assert sent[-1].subject.endswith("works again")

    assert sent[1].unsubscribe.endswith(f"/status/mail/{token_of(jan)}/end")
    path = sent[1].unsubscribe.partition("/status")[2]
    done = Client(enforce_csrf_checks=True).post(
        f"/status{path}", {"List-Unsubscribe": "One-Click"}
    )
    assert done.status_code == 200
    assert not StatusReader.objects.filter(address=JAN).exists()
    assert Client().get(f"/status{path}").status_code == 404


@pytest.mark.django_db
def test_an_address_gets_three_questions_an_hour_and_a_place_asks_no_list_of_addresses(
    mails: Mails,
) -> None:
    """Attack: somebody fills a mailbox, or mails a list of strangers, by our form."""
    page = Client()
    answers = {text_of(page.post("/status/mail", {"email": JAN})) for _ in range(5)}
    assert len(answers) == 1
    assert len(mails()) == STATUS_MAILS_TO_ONE_ADDRESS.most

    codes = [
        page.post("/status/mail", {"email": f"n{n}@post.example"}).status_code
        for n in range(STATUS_MAILS_FROM_ONE_PLACE.most)
    ]
    assert codes[-5:] == [429] * 5
    assert page.post("/status/mail", {"email": "jan"}).status_code == 422
    assert page.post("/status/mail", {"email": "a@b.example", "website": "x"}).status_code == 422


@pytest.mark.django_db
def test_a_letter_that_finds_nobody_ends_it_and_no_machines_answer_opens_a_request() -> None:
    jan, bram = subscribed(JAN), subscribed(BRAM)
    desk = Desk(mailboxes=frozenset({"support@desk.example"}), secret=b"secret")
    mark = letter_id(STATUS, jan, desk.secret, "desk.example")
    raw = f"To: support@desk.example\r\nIn-Reply-To: <0f-{mark}>\r\n\r\nWhat?".encode()
    assert read(raw, desk).letter_mark == LetterMark(STATUS, jan)
    mail = replace(read(raw, desk), kind="bounce")

    def came_back(number: int, *, permanent: bool) -> str:
        report = BounceReport(JAN, "address" if permanent else "full", permanent, None)
        marked = replace(mail, letter_mark=LetterMark(STATUS, number), bounces=(report,))
        outcome = enter_one_word(marked, at=now())
        assert outcome is not None
        return outcome.outcome

    away = enter_one_word(replace(mail, kind="auto_reply"), at=now())

    assert away is not None
    assert away.outcome == came_back(jan, permanent=True) == "kept"
    for _ in range(state.BOUNCES_MAX):
        assert state.subscriber(bram) is not None
        came_back(bram, permanent=False)
    assert not StatusReader.objects.exists()


@pytest.mark.django_db
def test_killed_before_our_record_the_same_letter_is_repeated_and_one_server_holds_up_nobody(
    sent: list[Outgoing], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = street("Lindenhof")
    subscribed(JAN)
    cut(lines)
    record = state.end_telling

    def killed(*_one: Any, **_told: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(state, "end_telling", killed)
    with pytest.raises(KeyboardInterrupt):
        told(minutes=3)
    monkeypatch.setattr(state, "end_telling", record)
    subscribed(BRAM)
    assert told(minutes=3) == 1
    assert sent[0].message_id == sent[1].message_id
    assert sent[0].text == sent[1].text

    take = channels()["mail"].deliver

    def grey(outgoing: Outgoing) -> tuple[Refusal, ...]:
        if outgoing.to[0][1] == JAN:
            raise TemporaryFailure("smtp.450")
        return take(outgoing)

    monkeypatch.setattr(channels()["mail"], "deliver", grey)
    cut(lines, "card-9")
    assert told(minutes=3) == 1
    assert sent[-1].to == (("", BRAM),)


def test_work_is_told_when_announced_moved_and_called_off_once_each() -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    here = Component("aa", "fibre", "Lindenhof", 9)
    work = Work(3, at + timedelta(days=1), at + timedelta(days=2), "OUTAGE", at, at, (here,))
    later = replace(work, until=at + timedelta(days=3))
    shown = Snapshot(at + timedelta(minutes=5), at, (), (), (work,), {})
    knows: dict[str, str] = {}
    kinds = []

    for works in ((work,), (work,), (later,), (later,), (), ()):
        new = news(["aa"], knows, replace(shown, work=works))
        kinds.append([one.kind for one in new.work])
        assert new.is_due == bool(new)
        knows = dict(new.told)

    assert kinds == [["announced"], [], ["moved"], [], ["calledOff"], []]
    assert not news(["bb"], {}, shown), "not theirs"
    far = replace(work, since=at + timedelta(days=90), until=at + timedelta(days=91))
    assert not news(["aa"], {}, replace(shown, work=(far,)))


def test_who_chose_an_area_that_is_told_with_another_by_now_hears_of_that_one() -> None:
    town, lane = Area(1, "Lindenhof", 0), Area(3, "Gartenweg", 1)
    lines = [Line("vdsl", 1, "", 0, 9), Line("vdsl", 3, "", 0, FEW)]
    before = drawn(lines, [town, lane])
    after = drawn([lines[0], replace(lines[1], services=FEW - 1)], [town, lane])

    chosen = before.component_of("dsl", lane.id)
    assert before.reaches[chosen] == {chosen}
    assert after.reaches[chosen] == {after.component_of("dsl", town.id)} != {chosen}
