"""What a browser is told when a page cannot be shown: what happened, what was kept, what to do."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from unbroken.ground.pages import language_of
from unbroken.ground.words import Phrase, _, in_language, speaking

MACHINES = ("/api/", "/tmf-api/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request itself made no sense."""
    return _page(
        request,
        400,
        _("This request could not be read"),
        _("Something in the address or the form is not as it should be. Nothing was changed."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Known, but not for this person."""
    return _page(
        request,
        403,
        _("This is not yours to open"),
        _("If you think it should be, ask an administrator. Nothing was changed."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not there, or not for this person: the page does not say which."""
    return _page(
        request,
        404,
        _("Nothing is here"),
        _("Either it was never here or it is not for you to see. Check the number in the address."),
    )


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or from one that is too old."""
    return _page(
        request,
        403,
        _("This form was too old to be accepted"),
        _(
            "Nothing was sent. Go back, reload the page and send it once more; what you wrote is "
            "still in the form. If it happens again, allow cookies for this address."
        ),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return _page(
        request,
        500,
        _("Something broke on our side"),
        _(
            "What you did just now may not have been kept; everything before it was. "
            "It was noted for those who run this desk. Please try again in a minute."
        ),
    )


def _page(request: HttpRequest, status: int, title: Phrase, text: Phrase) -> HttpResponse:
    with speaking(language_of(request)):
        if request.path.startswith(MACHINES):
            return HttpResponse(f"{in_language(title)}\n", status=status, content_type="text/plain")
        context = {
            "code": str(status),
            "title": in_language(title),
            "text": in_language(text),
            "back": "/portal/" if request.path.startswith("/portal/") else "/",
        }
        html = render_to_string("look/error.html", context, request=request)
    return HttpResponse(html, status=status)
