"""News that cannot be mailed: a person calls, and nobody is told what they chose not to hear."""

import pytest
from django.test import Client

from tests.console.desk import VERA, Desk
from tests.intake.test_notices import cable, later, sent
from tests.portal.people import contact, customer, reader_of, text_of
from unbroken.directory import actions as directory
from unbroken.directory import queries
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.intake.channels import channels
from unbroken.intake.inbound import BounceReport
from unbroken.intake.models_telling import NoticeLetter
from unbroken.intake.outgoing import Outgoing, PermanentFailure, Refusal
from unbroken.intake.telling.less import less_token
from unbroken.intake.telling.returned import came_back
from unbroken.outage import actions as outage

assert sent  # a fixture
PHONE = "+39 0471 123456"


def somebody(
    name: str, email: str | None = None, phone: str | None = None
) -> tuple[ContactId, int]:
    """One with a line, known by these."""
    home, at = customer(name), now()
    who = directory.register_contact(
        name=name, email=email, phone=phone, customer_id=home, by=HOUSE, at=at
    )
    line = directory.register_service(customer_id=home, technology="vdsl", by=HOUSE, at=at)
    return who, int(line)


def outcomes() -> list[tuple[str, str, str]]:
    found = NoticeLetter.objects.order_by("id").values_list("state", "why", "fell_back")
    return [(state, why, fell_back) for state, why, fell_back in found]


@pytest.mark.django_db
def test_one_press_in_a_mail_program_ends_news_of_trouble_and_answers_come_as_before(
    sent: list[Outgoing],
) -> None:
    """Accident: a program that looks into mails follows the link; it presses nothing."""
    who, line = somebody("Anneke", "anneke@home.example")
    cable([line])
    later(minutes=3)
    assert sent[0].unsubscribe.endswith(f"/less/{less_token(who)}")
    path = f"/less/{less_token(who)}"
    Client().get(path)
    assert queries.contact(who).news_by == "mail"  # type: ignore[union-attr]

    done = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})

    card = queries.contact(who)
    assert done.status_code == 200
    assert card is not None
    assert (card.news_by, card.mails) == ("portal", "all")
    cable([line])
    later(minutes=3)
    assert len(sent) == 1
    assert outcomes()[-1] == ("spared", "portal", "")
    page = reader_of("anneke@home.example")
    shown = {"mails": "all", "language": "en", "timezone": "", "news_by": "mail"}
    assert "By a call" not in text_of(page.get("/settings")), "no number is on record"
    page.post("/settings", shown)
    assert queries.contact(who).news_by == "mail"  # type: ignore[union-attr]


@pytest.mark.django_db
def test_a_letter_that_came_back_marks_its_own_address_and_a_colleague_calls(
    sent: list[Outgoing], desk: Desk
) -> None:
    """Attack: a forged report names somebody else's address."""
    who, line = somebody("Anneke", "anneke@home.example", PHONE)
    other = contact("Bram", "bram@shop.example", customer("Bram"))
    number = cable([line])
    later(minutes=3)
    letter = NoticeLetter.objects.get()
    reports = [
        BounceReport(address, "address", True, "5.1.1")
        for address in ("anneke@home.example", "bram@shop.example")
    ]

    came_back(letter.pk, reports, at=now())

    assert queries.contact(who).email == ""  # type: ignore[union-attr]
    assert queries.contact(other).email == "bram@shop.example"  # type: ignore[union-attr]
    browser, path = desk.client(VERA), f"/console/problems/{number}"
    page = text_of(browser.get(path))
    assert "1 could not be reached: call them" in page
    assert PHONE in page or PHONE.replace(" ", "") in page
    wrong = browser.post(f"{path}/changes", {"deed": "called", "letter": letter.pk + 1})
    assert wrong.status_code == 422
    assert (
        browser.post(f"{path}/changes", {"deed": "called", "letter": letter.pk}).status_code == 303
    )
    assert "could not be reached" not in text_of(browser.get(path))
    assert outcomes() == [("called", "address", "")]

    outage.end_problem(problem_id=number, until=now(), by=HOUSE, at=now())
    drain()
    later(minutes=10)
    assert outcomes()[-1] == ("call", "address", ""), "whoever was called hears of the end too"
    assert "to hear that it is over" in text_of(browser.get(path))


@pytest.mark.django_db
def test_whoever_chose_a_call_or_has_no_mail_is_called_for_the_first_word_and_for_no_step(
    sent: list[Outgoing], monkeypatch: pytest.MonkeyPatch
) -> None:
    chose, first = somebody("Anneke", "anneke@home.example", PHONE)
    numberless, second = somebody("Bram", "bram@shop.example")
    for one in (chose, numberless):
        directory.change_contact(contact_id=one, news_by="phone", by=HOUSE, at=now())
    _mailless, third = somebody("Carla", phone=PHONE)
    _gone, fourth = somebody("Dario", "dario@home.example", PHONE)
    take = channels()["mail"].deliver

    def refuses_dario(outgoing: Outgoing) -> tuple[Refusal, ...]:
        if outgoing.to[0][1].startswith("dario"):
            raise PermanentFailure("smtp.550", (Refusal("dario@home.example", 550, "5.1.1"),))
        return take(outgoing)

    monkeypatch.setattr(channels()["mail"], "deliver", refuses_dario)
    number = cable([first, second, third, fourth])
    later(minutes=3)

    assert [mail.to[0][1] for mail in sent] == ["bram@shop.example"]
    assert outcomes() == [
        ("call", "chosen", ""), ("sent", "", "noNumber"), ("call", "address", ""),
        ("call", "address", ""),
    ]  # fmt: skip
    outage.take_step(problem_id=number, step="left", by=HOUSE, at=now())
    drain()
    later(minutes=6)
    steps = [state for state, *_why in outcomes()[4:]]
    assert set(steps) == {"spared"}, "nobody is called for a step before the first word"
