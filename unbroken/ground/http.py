"""Calling another system: in bounded time and size, never inside a transaction, followed nowhere.

Only jobs and loops call out. What they send may be signed, so that the other side knows who speaks
and that nobody altered a word or sends it again later.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

SECONDS_MAX, BYTES_MAX = 20, 65_536
TRY_AGAIN = frozenset({408, 409, 425, 429})
"""Answers below 500 that are no refusal: busy, too early, too often, being worked on."""


class Unanswered(Exception):
    """Not now: nobody there, too slow, or a fault of theirs. It may be tried again."""


class Turned(Exception):
    """They will never take it as it is: a refusal, with its number."""


class _NoWayOn(HTTPRedirectHandler):
    """What was signed for one address is not sent to another."""

    def redirect_request(self, *told: object, **more: object) -> None:
        return None


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send it; the number of the answer, if it was taken."""
    asked = Request(url, body, dict(headers), method="POST")
    try:
        with build_opener(_NoWayOn).open(asked, timeout=SECONDS_MAX) as answer:
            answer.read(BYTES_MAX)
            return int(answer.status)
    except HTTPError as error:
        if error.code >= 500 or error.code in TRY_AGAIN:
            raise Unanswered(f"answered {error.code}") from error
        raise Turned(f"answered {error.code}") from error
    except (URLError, OSError, HTTPException) as error:
        raise Unanswered(str(getattr(error, "reason", error))) from error


def get(url: str, headers: Mapping[str, str], *, bytes_max: int = BYTES_MAX) -> bytes:
    """What stands there; Turned when it is longer than that, or refused."""
    asked = Request(url, headers=dict(headers))
    try:
        with build_opener(_NoWayOn).open(asked, timeout=SECONDS_MAX) as answer:
            body: bytes = answer.read(bytes_max + 1)
    except HTTPError as error:
        if error.code >= 500 or error.code in TRY_AGAIN:
            raise Unanswered(f"answered {error.code}") from error
        raise Turned(f"answered {error.code}") from error
    except (URLError, OSError, HTTPException) as error:
        raise Unanswered(str(getattr(error, "reason", error))) from error
    if len(body) > bytes_max:
        raise Turned(f"answered more than {bytes_max} bytes")
    return body


def signature(secret: str, body: bytes, *, at: datetime) -> str:
    """`t=1763800000,v1=…`: HMAC-SHA256 over the second, a dot and the body."""
    second = str(int(at.timestamp()))
    mac = hmac.new(secret.encode(), f"{second}.".encode() + body, hashlib.sha256)
    return f"t={second},v1={mac.hexdigest()}"
