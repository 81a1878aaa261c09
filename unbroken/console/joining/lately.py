"""Which requests were looked at last in this browser: their numbers, in a cookie of its own.

A number found there is only asked about: who may not see the request is not told that it exists.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE: Final = "unbroken_lately"
PATH: Final = "/console/tickets/"
KEPT_MAX, DIGITS_MAX = 8, 15
KEPT_SECONDS: Final = 14 * 24 * 3600


def lately(request: HttpRequest) -> list[int]:
    """Their numbers, the last first; whatever else stands in the cookie is left out."""
    parts = request.COOKIES.get(COOKIE, "").split(".")[:KEPT_MAX]
    return [
        int(part) for part in parts if part.isascii() and part.isdigit() and len(part) <= DIGITS_MAX
    ]


def note(request: HttpRequest, response: HttpResponse, number: int) -> None:
    """This one was looked at now."""
    known = lately(request)
    if known[:1] == [number]:
        return
    kept = [number, *(one for one in known if one != number)][:KEPT_MAX]
    response.set_cookie(
        COOKIE,
        ".".join(str(one) for one in kept),
        max_age=KEPT_SECONDS,
        path=PATH,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
    )
