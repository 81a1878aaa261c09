"""The form in another page's frame: only where it is named, without a cookie, for anybody."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as house

from tests.portal.people import ANNEKE, MALLORY, anneke, asks, browser, reader_of, text_of
from unbroken.conversation.models import TroubleTicket
from unbroken.directory import queries as directory
from unbroken.ground.origins import origins
from unbroken.portal.embed import _token
from unbroken.portal.limits import ASKS_FROM_ONE_PLACE
from unbroken.portal.once import form_number

SITE = "https://www.isp.example"


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of the provider's may frame the form."""
    monkeypatch.setattr(house, "UNBROKEN", replace(house.UNBROKEN, embed_origins=(SITE,)))


def sent(**fields: str) -> dict[str, Any]:
    return {"form": _token(), "words": "Dark.", "email": MALLORY, "kind": "incident", **fields}


@pytest.mark.django_db
def test_only_pages_that_are_named_may_frame_it_and_no_other_page_of_ours(named: None) -> None:
    """Attack: a page lays ours under its own buttons."""
    form, home = browser().get("/embed/ask"), browser().get("/ask")

    assert f"frame-ancestors {SITE}" in form.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in form.headers
    assert "frame-ancestors 'none'" in home.headers["Content-Security-Policy"]
    assert home.headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_named_by_nobody_it_is_framed_by_nobody() -> None:
    form = browser().get("/embed/ask")

    assert "frame-ancestors 'none'" in form.headers["Content-Security-Policy"]
    assert form.headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_it_gives_a_number_without_a_cookie_and_a_script(named: None) -> None:
    client = browser()

    form = client.get("/embed/ask?topic=none&in=it")
    answer = client.post("/embed/ask", sent(**{"in": "it"}))

    assert "<script" not in form.content.decode()
    assert not client.cookies
    ticket = TroubleTicket.objects.get()
    assert str(ticket.id) in text_of(answer)
    assert "numero" in text_of(answer)
    assert ticket.language == "it"


@pytest.mark.django_db
def test_whoever_is_signed_in_is_a_stranger_in_the_frame() -> None:
    """Attack: the page around the form asks in the name of somebody signed in here."""
    who = anneke()
    asks(who)

    reader_of(ANNEKE).post("/embed/ask", sent(email=ANNEKE))

    last = TroubleTicket.objects.order_by("-id")[0]
    assert last.contact_id != who
    assert len(directory.contacts_at("email", ANNEKE)) == 2


@pytest.mark.django_db
def test_a_form_that_is_not_of_ours_or_comes_too_often_is_not_taken() -> None:
    """Attack: a machine posts without having seen the form, with another form's number, a lot."""
    client = browser()

    for number in ("", "made.up", form_number()):
        assert client.post("/embed/ask", sent(form=number)).status_code == 422
    assert client.post("/embed/ask", sent(website="x")).status_code == 422
    assert TroubleTicket.objects.count() == 0
    statuses = [
        client.post("/embed/ask", sent()).status_code for _ in range(ASKS_FROM_ONE_PLACE.most + 1)
    ]

    assert statuses[-2:] == [200, 429]


@pytest.mark.parametrize(
    "bad", ["*", "https://*.isp.example", "isp.example", "https://x/y", "'self'"]
)
def test_an_origin_is_an_origin_and_nothing_wider(bad: str) -> None:
    """Accident: a star that lets in everybody; a quote that ends the policy."""
    with pytest.raises(ValueError, match=r".+"):
        origins(f"{SITE}, {bad}")
