"""How a face answers a browser: the whole page, the part that was asked for, or a redirect.

Pages work without JavaScript: a plain form post ends in a redirect, and what has to be said
about it (`tell`) waits in a signed cookie until the next page shows it: nothing is written to the
database for it. htmx gets the same partials that the page is made of.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.backends.utils import csrf_input
from django.template.loader import get_template
from django.utils.cache import patch_vary_headers

from unbroken.ground.words import LANGUAGES, speaking, supported

Context = Mapping[str, Any]
TOLD = "unbroken_told"
TOLD_MAX = 4
"""Sentences that may wait for the next page: a cookie is small."""
TOLD_SECONDS = 300
LANGUAGE_COOKIE = "unbroken_language"
LOOK_COOKIES = {"theme": ("light", "dark"), "density": ("comfortable", "compact")}
LOOK_SECONDS = 365 * 24 * 3600


def wants_part(request: HttpRequest) -> bool:
    """Did htmx ask, and for less than a page?"""
    asked = request.headers.get("HX-Request") == "true"
    boosted = request.headers.get("HX-Boosted") == "true"
    restoring = request.headers.get("HX-History-Restore-Request") == "true"
    return asked and not boosted and not restoring


def answer(
    request: HttpRequest,
    page: str,
    context: Context,
    *,
    parts: Iterable[str] = (),
    to: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page, or only `parts` for htmx; after a plain form post a redirect to `to`.

    The first part replaces what htmx aims at; the others carry their own place (`oob`).
    """
    parts = tuple(parts)
    if parts and wants_part(request):
        return _vary(HttpResponse(_render(request, parts, context), status=status))
    if to and request.method == "POST" and status < 400:
        return go(to)
    return _vary(HttpResponse(_render(request, (page,), context), status=status))


def go(to: str) -> HttpResponse:
    """See this page next (303: a post becomes a get)."""
    response = HttpResponseRedirect(to)
    response.status_code = 303
    return response


def go_for_everyone(request: HttpRequest, to: str) -> HttpResponse:
    """See this page next, also when htmx asked: it is told to leave the page it is on."""
    if not wants_part(request):
        return go(to)
    response = HttpResponse(status=204)
    response.headers["HX-Redirect"] = to
    return response


def tell(request: HttpRequest, text: str, *, undo: str = "", undo_until: str = "") -> None:
    """Say one sentence on the next page or partial; `undo` is the address that takes it back."""
    line = {"text": text, "undo": undo, "undo_until": undo_until}
    request.__dict__[TOLD] = [*_waiting(request), line][-TOLD_MAX:]


def told(request: HttpRequest) -> list[dict[str, str]]:
    """What is to be said now; said once."""
    sentences = _waiting(request)
    if sentences:
        request.__dict__[TOLD] = []
    return sentences


def _waiting(request: HttpRequest) -> list[dict[str, str]]:
    """Said during this request, or before it and not shown yet."""
    if TOLD in request.__dict__:
        return list(request.__dict__[TOLD])
    if TOLD not in request.COOKIES:
        return []
    try:
        found: list[dict[str, str]] = signing.loads(
            request.COOKIES[TOLD], salt=TOLD, max_age=TOLD_SECONDS
        )
    except signing.BadSignature:
        return []
    return found


def _keep_told(request: HttpRequest, response: HttpResponse) -> None:
    """What was said and not shown waits in the browser, signed."""
    waiting = request.__dict__.get(TOLD)
    if waiting:
        response.set_cookie(
            TOLD,
            signing.dumps(waiting, salt=TOLD, compress=True),
            max_age=TOLD_SECONDS,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
            httponly=True,
        )
    elif waiting is not None and TOLD in request.COOKIES:
        response.delete_cookie(TOLD, samesite="Lax")


def keep_look(response: HttpResponse, choices: Mapping[str, str], *, secure: bool) -> None:
    """Remember language, theme and density in this browser; unknown choices are forgotten."""
    allowed = {LANGUAGE_COOKIE: LANGUAGES, **{f"unbroken_{k}": v for k, v in LOOK_COOKIES.items()}}
    for name in ("language", "theme", "density"):
        cookie, value = f"unbroken_{name}", choices.get(name)
        if value in allowed[cookie]:
            response.set_cookie(
                cookie, value, max_age=LOOK_SECONDS, samesite="Lax", secure=secure, httponly=True
            )
        elif value is not None:
            response.delete_cookie(cookie, samesite="Lax")


def look_of(request: HttpRequest) -> dict[str, str]:
    """The theme and density chosen in this browser; empty means: as the system has it."""
    return {
        name: value if (value := request.COOKIES.get(f"unbroken_{name}", "")) in allowed else ""
        for name, allowed in LOOK_COOKIES.items()
    }


def language_of(request: HttpRequest) -> str:
    """The language chosen in this browser, else the first one it asks for that we speak."""
    chosen = request.COOKIES.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    for wish in request.headers.get("Accept-Language", "").split(","):
        base = wish.split(";")[0].strip().split("-")[0].lower()
        if base in LANGUAGES:
            return base
    return "en"


class SpeakTheirLanguage:
    """Everything worded during a request is in the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = supported(language_of(request))
        with speaking(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        _keep_told(request, response)
        return response


class _Token:
    """The hidden field against forged forms: made once a page, and only if a form asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def field(self) -> str:
        return str(csrf_input(self.request))

    def __html__(self) -> str:
        return self.field

    __str__ = __html__


def _render(request: HttpRequest, names: Iterable[str], context: Context) -> str:
    """Templates one below the other; the first is in its place, the others bring theirs."""
    shared = {**context, "request": request, "csrf_input": _Token(request)}
    templates: list[Any] = [get_template(name) for name in names]
    return "\n".join(
        template.template.render({**shared, "oob": number > 0})
        for number, template in enumerate(templates)
    )


def _vary(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ("HX-Request", "Cookie", "Accept-Language"))
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
