"""A browser proves who reads: from then on its session says so. Nothing else puts it there.

The session's key changes with every proof, so that a key planted beforehand is worth nothing.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.ground.pages import LANGUAGE_COOKIE, keep_look
from unbroken.portal.access import CONTACT, MAILBOX, TICKETS

ASKED = "portal_asked"
CODE = "portal_code"
KEPT = (MAILBOX, CONTACT, TICKETS, ASKED, CODE)
OPENED_MAX = 50


def open_to_link(request: HttpRequest, card: ContactCard, number: int) -> None:
    """The link of a request was opened: that request, beside others opened here before."""
    opened = request.session.get(TICKETS, [])
    if request.session.get(CONTACT) != int(card.id):
        _begin(request)
        opened = []
    request.session[CONTACT] = int(card.id)
    request.session[TICKETS] = [*(one for one in opened if one != number), number][-OPENED_MAX:]


def open_to_author(request: HttpRequest, number: int) -> None:
    """Whoever wrote a new request here by the link of another reads it here too."""
    if CONTACT in request.session:
        request.session[TICKETS] = [*request.session.get(TICKETS, []), number][-OPENED_MAX:]


def open_to_mailbox(request: HttpRequest, address: str) -> None:
    """They read what we sent to this address."""
    _begin(request)
    request.session[MAILBOX] = directory.address_number("email", address)


def close(request: HttpRequest) -> None:
    """Nobody is known here any more; somebody who works here stays signed in at the console."""
    for name in KEPT:
        request.session.pop(name, None)
    request.session.cycle_key()


def speak_their_language(request: HttpRequest, response: HttpResponse, card: ContactCard) -> None:
    """In this browser too, unless another language was chosen in it."""
    if LANGUAGE_COOKIE not in request.COOKIES and card.language:
        keep_look(response, {"language": card.language}, secure=settings.IS_SECURE)


def note_asked(request: HttpRequest, number: int) -> None:
    """A stranger asked from here: this browser may see the number again, nothing more."""
    asked = [one for one in request.session.get(ASKED, []) if one != number]
    request.session[ASKED] = [*asked[-9:], number]


def has_asked(request: HttpRequest, number: int) -> bool:
    """Whether this browser asked it."""
    return number in request.session.get(ASKED, [])


def _begin(request: HttpRequest) -> None:
    for name in KEPT:
        request.session.pop(name, None)
    request.session.cycle_key()
