"""Whom a problem strikes hears it from us: once for each step, once a household, not at night."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from tests.portal.people import ANNEKE, MALLORY, contact, customer, reader_of, sofie, text_of
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.intake.actions import news as actions
from unbroken.intake.channels import channels
from unbroken.intake.models_telling import Notice, NoticeLetter
from unbroken.intake.outgoing import Outgoing, Refusal, TemporaryFailure
from unbroken.intake.telling import notices, sending
from unbroken.outage import actions as outage
from unbroken.outage.ids import ProblemId

NOON = datetime(2026, 5, 25, 10, tzinfo=UTC)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Outgoing]:
    """What the mail server outside took, and everybody awake."""
    taken: list[Outgoing] = []

    def deliver(outgoing: Outgoing) -> tuple[Refusal, ...]:
        taken.append(outgoing)
        return ()

    monkeypatch.setattr(channels()["mail"], "deliver", deliver)
    monkeypatch.setattr(notices, "QUIET_FROM", notices.time.max)
    monkeypatch.setattr(notices, "QUIET_UNTIL", notices.time.min)
    return taken


def household(name: str, services: int = 1, kind: str = "household") -> list[int]:
    home = customer(name, kind)
    contact(name, f"{name.lower()}@home.example", home)
    return [
        int(directory.register_service(customer_id=home, technology="vdsl", by=HOUSE, at=now()))
        for _ in range(services)
    ]


def cable(services: list[int]) -> ProblemId:
    at = now()
    number = outage.open_problem(
        element="cable-44", origin="agent", severity="major", since=at - timedelta(minutes=5),
        services=dict.fromkeys(services, at), by=HOUSE, at=at,
    )  # fmt: skip
    drain()
    return number


def later(**span: float) -> None:
    """All that is due by then leaves."""
    at = now() + timedelta(**span)
    while sending.send_due(at=at):
        pass


@pytest.mark.django_db
def test_a_household_with_three_services_hears_once_and_each_step_once(
    sent: list[Outgoing],
) -> None:
    three, one, two = household("Anneke", 3), household("Bram"), household("Carla", 2)
    number = cable([*three, *one, *two])

    later(minutes=1)
    assert sent == [], "what is over within two minutes is never told"
    later(minutes=3)
    later(minutes=3)
    assert sorted(mail.to[0][0] for mail in sent) == ["Anneke", "Bram", "Carla"]

    outage.affect_services(problem_id=number, services={three[0]: now()}, by=HOUSE, at=now())
    outage.take_step(problem_id=number, step="left", by=HOUSE, at=now())
    drain()
    drain()
    later(minutes=4)
    assert len(sent) == 6
    assert "The crew is on its way." in sent[-1].text

    late = [*one, *two]
    outage.end_problem(problem_id=number, until=now(), left=late, by=HOUSE, at=now())
    drain()
    later(minutes=10)
    assert [mail.to[0][0] for mail in sent[6:]] == ["Anneke"], "the others' lines are not back"
    assert len({mail.message_id for mail in sent}) == 7
    assert "cable-44" not in "".join(mail.text for mail in sent)


@pytest.mark.django_db
def test_whoever_comes_back_after_the_end_hears_it_then_once_and_who_does_not_hears_that(
    sent: list[Outgoing],
) -> None:
    """Accident: two lines of a hundred return a minute late, and nobody tells them it is over."""
    two, late, away = household("Anneke", 2), household("Bram"), household("Carla")
    number, end = cable([*two, *late, *away]), now() + timedelta(minutes=20)
    later(minutes=3)
    left = [two[1], *late, *away]
    outage.end_problem(problem_id=number, until=end, left=left, by=HOUSE, at=end)
    drain()

    for back in ([two[1]], [two[1]], late):
        restored = {one: end + timedelta(minutes=1) for one in back}
        outage.restore_services(problem_id=number, services=restored, by=HOUSE, at=end)
        drain()
    for _again in range(2):
        outage.leave_alone(problem_id=number, by=HOUSE, at=end + timedelta(minutes=10))
        drain()
    later(hours=1)

    ends = {mail.to[0][0]: mail for mail in sent[3:]}
    assert len(sent) == 6
    assert ends["Anneke"].subject == ends["Bram"].subject == "Your service works again"
    assert ends["Carla"].subject == "The trouble is over, your service is not back yet"
    assert "one tap" in ends["Carla"].text

    again = {away[0]: end + timedelta(hours=2)}
    outage.restore_services(
        problem_id=number, services=again, by=HOUSE, at=end + timedelta(hours=2)
    )
    drain()
    later(hours=3)
    assert len(sent) == 6, "she was told how it ended, and who comes home needs no mail"


@pytest.mark.django_db
def test_whoever_asked_in_the_portal_is_told_of_the_end_once_whatever_mail_they_chose(
    sent: list[Outgoing],
) -> None:
    home = customer("Home")
    contact("Anneke", ANNEKE, home)
    line = int(directory.register_service(customer_id=home, technology="vdsl", by=HOUSE, at=now()))
    contact("Mallory", MALLORY, customer("Elsewhere"))
    page = reader_of(ANNEKE)
    page.post("/settings", {"mails": "mine", "language": "en", "timezone": ""})
    number = cable([line])
    assert text_of(page.get("/")).count("Tell me when it is over") == 1
    assert "Tell me when it is over" in text_of(page.get("/ask?topic=other"))

    for _ in range(2):
        assert page.post("/ends", {"problem": number}).status_code == 303
    assert reader_of(MALLORY).post("/ends", {"problem": number}).status_code == 404
    assert "Tell me when it is over" not in text_of(page.get("/"))
    outage.take_step(problem_id=number, step="left", by=HOUSE, at=now())
    drain()
    later(minutes=4)
    assert sent == [], "she wants no other mail"

    outage.end_problem(problem_id=number, until=now(), by=HOUSE, at=now())
    drain()
    later(minutes=10)
    outage.reopen_problem(problem_id=number, since=now(), by=HOUSE, at=now())
    outage.end_problem(problem_id=number, until=now(), by=HOUSE, at=now())
    drain()
    later(minutes=20)
    assert [(mail.to[0][0], mail.subject) for mail in sent] == [
        ("Anneke", "Your service works again")
    ]


@pytest.mark.django_db
def test_what_is_over_before_it_was_told_is_not_told_at_all(sent: list[Outgoing]) -> None:
    number = cable(household("Anneke"))
    outage.end_problem(problem_id=number, until=now(), by=HOUSE, at=now())
    drain()

    later(minutes=30)

    assert sent == []
    assert set(NoticeLetter.objects.values_list("state", "why")) == {("spared", "over")}


@pytest.mark.django_db
def test_killed_between_the_servers_yes_and_our_record_one_letter_is_repeated_by_the_same_name(
    sent: list[Outgoing], monkeypatch: pytest.MonkeyPatch
) -> None:
    cable([*household("Anneke"), *household("Bram")])
    record = sending.record_told

    def killed(*, letter_id: int, fell_back: str, at: datetime) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sending, "record_told", killed)
    with pytest.raises(KeyboardInterrupt):
        later(minutes=3)
    monkeypatch.setattr(sending, "record_told", record)
    later(minutes=3)

    assert len(sent) == 3
    assert sent[0].message_id == sent[1].message_id != sent[2].message_id


@pytest.mark.django_db
def test_a_server_that_takes_nothing_now_loses_nothing(
    sent: list[Outgoing], monkeypatch: pytest.MonkeyPatch
) -> None:
    cable(household("Anneke"))
    deliver = channels()["mail"].deliver

    def busy(outgoing: Outgoing) -> tuple[Refusal, ...]:
        raise TemporaryFailure("smtp.451")

    monkeypatch.setattr(channels()["mail"], "deliver", busy)
    with pytest.raises(TemporaryFailure):
        later(minutes=3)
    monkeypatch.setattr(channels()["mail"], "deliver", deliver)
    later(minutes=5)

    assert len(sent) == 1


@pytest.mark.django_db
def test_stop_tells_nobody_more_and_own_words_to_many_wait_for_somebody_else(
    sent: list[Outgoing], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "APPROVAL_ABOVE", 0)
    author = sofie()
    number = cable(household("Anneke"))
    later(minutes=3)
    outage.give_news(problem_id=number, text="A digger.", next_at=None, by=author, at=now())
    drain()
    later(minutes=9)
    assert len(sent) == 1, "it waits"

    waiting = Notice.objects.get(message="next_news")
    with pytest.raises(Refused, match="Somebody else"), transaction.atomic():
        actions.approve_notice(notice_id=waiting.id, by=author, at=now())
    actions.approve_notice(notice_id=waiting.id, by=HOUSE, at=now())
    later(minutes=9)
    assert "A digger." in sent[-1].text

    outage.take_step(problem_id=number, step="left", by=HOUSE, at=now())
    drain()
    actions.stop_notice(notice_id=Notice.objects.get(message="crew").id, by=author, at=now())
    later(minutes=30)
    assert len(sent) == 2


def test_households_sleep_and_companies_do_not() -> None:
    night = datetime(2026, 5, 25, 23, 30, tzinfo=UTC)

    assert notices.due_at(night, "Europe/London", sleeps=False) == night
    morning = notices.due_at(night, "Europe/London", sleeps=True)
    assert morning.astimezone(UTC) == datetime(2026, 5, 26, 6, tzinfo=UTC)
    assert notices.due_at(NOON, "Europe/London", sleeps=True) == NOON
