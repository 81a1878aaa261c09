"""How a face answers a browser: the whole page, the part that was asked for, or a redirect.

Pages work without JavaScript: a plain form post ends in a redirect, and what has to be said
about it (`tell`) waits in the session until the next page shows it. htmx gets the same
partials that the page is made of.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from unbroken.ground.words import LANGUAGES, speaking, supported

Context = Mapping[str, Any]
TOLD = "told"
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
        return _vary(HttpResponse(_render_parts(request, parts, context), status=status))
    if to and request.method == "POST" and status < 400:
        return go(to)
    return _vary(
        HttpResponse(render_to_string(page, dict(context), request=request), status=status)
    )


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
    told = request.session.get(TOLD, [])
    request.session[TOLD] = [*told, {"text": text, "undo": undo, "undo_until": undo_until}]


def told(request: HttpRequest) -> list[dict[str, str]]:
    """What is to be said now; said once."""
    if not hasattr(request, "session") or TOLD not in request.session:
        return []
    sentences: list[dict[str, str]] = request.session.pop(TOLD)
    return sentences


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
        return response


def _render_parts(request: HttpRequest, parts: tuple[str, ...], context: Context) -> str:
    rendered = [render_to_string(parts[0], {**context, "oob": False}, request=request)]
    rendered += [
        render_to_string(part, {**context, "oob": True}, request=request) for part in parts[1:]
    ]
    return "\n".join(rendered)


def _vary(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ("HX-Request", "Cookie", "Accept-Language"))
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
