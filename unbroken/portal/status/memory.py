"""What was rendered a moment ago is served from memory, also while the database is away.

The same bytes, packed once, for everybody with the same language and look, for as long as the
snapshot they were made from stands. Somebody to whom a sentence is to be said (`told`) gets a page
of their own. While nothing can be asked the last answer stands, and only one reader in a few
seconds tries again.
"""

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from unbroken.ground.kept import SECONDS
from unbroken.ground.pages import TOLD, look_of
from unbroken.ground.words import current_language
from unbroken.portal.status.reading import Snapshot, snapshot

ANSWERS_MAX = 200


@dataclass(slots=True)
class _Answer:
    made_from: Snapshot
    status: int
    content: bytes
    zipped: bytes
    headers: dict[str, str]
    again_at: float = 0.0


_answers: dict[tuple[object, ...], _Answer] = {}


def remembered(request: HttpRequest, what: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer made from this snapshot, else a new one, else the last one there was."""
    if TOLD in request.COOKIES:
        return make()
    key = (what, current_language(), *sorted(look_of(request).items()))
    known = _answers.get(key)
    if known is None or time.monotonic() >= known.again_at:
        try:
            found = snapshot()
            if known is None or known.made_from is not found:
                known = _keep(key, make(), found)
        except (DatabaseError, InterfaceError):
            if known is None:
                raise
            known.again_at = time.monotonic() + SECONDS
    return _said(known, is_zipped="gzip" in request.headers.get("Accept-Encoding", ""))


def _said(known: _Answer, *, is_zipped: bool) -> HttpResponse:
    content = known.zipped if is_zipped else known.content
    response = HttpResponse(content, status=known.status, headers=known.headers)
    if is_zipped:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _keep(key: tuple[object, ...], made: HttpResponse, found: Snapshot) -> _Answer:
    if len(_answers) >= ANSWERS_MAX:
        _answers.clear()
    patch_vary_headers(made, ("Accept-Encoding",))
    zipped = gzip.compress(made.content, mtime=0)
    answer = _Answer(found, made.status_code, made.content, zipped, dict(made.headers))
    _answers[key] = answer
    return answer
