"""How the API says no: a status, a key for programs, one plain sentence for people."""

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError, ValidationError

from unbroken.ground.change import Refused
from unbroken.ground.words import Phrase, _, in_language

log = logging.getLogger(__name__)

NO_TOKEN = _("Send a valid token: Authorization: Bearer …")
NOT_ALLOWED = _("This token has no scope {scope}.")
NOTHING_HERE = _("There is nothing at this address that you may see.")
NO_TICKET = _("There is no ticket {number} that you may see.")
WRONG_METHOD = _("{method} is not possible here.")
UNKNOWN_OPTION = _("There is no option {option} here; there are: {known}.")
TWICE = _("Give the option {option} once, with commas between its values.")
UNREADABLE = _("The request could not be read as JSON.")
NOT_VALID = _("{field}: {problem}.")
TOO_BIG = _("The request is too big.")
OTHER_REQUEST = _("This Idempotency-Key was used for another request.")
OUR_FAULT = _("Something broke on our side; it was noted.")


class Wrong(Exception):
    """Not done: the status, a key, and the sentence with its values."""

    def __init__(self, status: int, code: str, sentence: Phrase, /, **values: Any) -> None:
        super().__init__(code)
        self.status, self.code = status, code
        self.sentence, self.values = sentence, values


def answer(status: int, code: str, sentence: Phrase, /, **values: Any) -> JsonResponse:
    """An error as JSON, in the reader's language."""
    reason = in_language(sentence, **values)
    response = JsonResponse({"status": status, "code": code, "reason": reason}, status=status)
    response.headers["Cache-Control"] = "no-store"
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="unbroken"'
    return response


def wrong(request: HttpRequest, error: Exception) -> HttpResponse:
    """A `Wrong` as its answer."""
    assert isinstance(error, Wrong)
    return answer(error.status, error.code, error.sentence, **error.values)


def refused(request: HttpRequest, error: Exception) -> HttpResponse:
    """The record refused: the request was understood, the state of things forbids it."""
    assert isinstance(error, Refused)
    body = {"status": 409, "code": error.key, "reason": error.in_words()}
    return JsonResponse(body, status=409)


def invalid(request: HttpRequest, error: Exception) -> HttpResponse:
    """The first thing that is wrong with the request."""
    assert isinstance(error, ValidationError)
    first: dict[str, Any] = error.errors[0]
    where = [str(part) for part in first["loc"]]
    is_body = where[:1] == ["body"]
    field = ".".join(where[2:] if is_body else where[1:]) or "body"
    problem = str(first["msg"]).rstrip(".")
    status, code = (422, "not_valid") if is_body else (400, "bad_option")
    return answer(status, code, NOT_VALID, field=field, problem=problem)


def http_error(request: HttpRequest, error: Exception) -> HttpResponse:
    """What the framework itself refuses."""
    assert isinstance(error, HttpError)
    if error.status_code == 401:
        return answer(401, "no_token", NO_TOKEN)
    return answer(error.status_code, "unreadable", UNREADABLE)


def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    """Not there, or not for this token: the answer does not say which."""
    return answer(404, "not_found", NOTHING_HERE)


def too_big(request: HttpRequest, error: Exception) -> HttpResponse:
    """More bytes than we take in at once."""
    return answer(413, "too_big", TOO_BIG)


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """A fault of ours: noted with its trace, told without it."""
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return answer(500, "broken", OUR_FAULT)


HANDLERS = {
    Wrong: wrong,
    Refused: refused,
    ValidationError: invalid,
    HttpError: http_error,
    Http404: not_found,
    RequestDataTooBig: too_big,
    Exception: broken,
}
