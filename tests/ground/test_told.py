"""What the house says after a deed waits for the next page, once, and nobody else can say it."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from unbroken.ground.pages import TOLD, SpeakTheirLanguage, tell, told


def deed(request: HttpRequest) -> HttpResponse:
    """Says two sentences and shows none."""
    tell(request, "Noted.")
    tell(request, "Sent.", undo="/undo", undo_until="soon")
    return HttpResponse(status=303)


def page(request: HttpRequest) -> HttpResponse:
    """Shows what was said."""
    return HttpResponse("|".join(line["text"] for line in told(request)))


def test_it_waits_for_the_next_page_and_is_said_once() -> None:
    after = SpeakTheirLanguage(deed)(RequestFactory().post("/"))
    browser = RequestFactory(headers={"Cookie": f"{TOLD}={after.cookies[TOLD].value}"})

    shown = SpeakTheirLanguage(page)(browser.get("/"))

    assert shown.content == b"Noted.|Sent."
    assert shown.cookies[TOLD].value == ""
    assert after.cookies[TOLD]["httponly"]


def test_what_is_shown_at_once_leaves_nothing_behind() -> None:
    def both(request: HttpRequest) -> HttpResponse:
        deed(request)
        return page(request)

    answer = SpeakTheirLanguage(both)(RequestFactory().post("/"))

    assert answer.content == b"Noted.|Sent."
    assert TOLD not in answer.cookies


def test_a_sentence_that_the_house_did_not_say_is_not_shown() -> None:
    """The attack: a cookie written by somebody else, with an address that "undoes"."""
    browser = RequestFactory(headers={"Cookie": f"{TOLD}=WyJldmlsIl0:1x:abc"})

    assert SpeakTheirLanguage(page)(browser.get("/")).content == b""
