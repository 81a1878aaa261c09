"""Mail to whoever wants the status page: first whether they do, then what happened.

Each carries the headers for one press in a mail program (RFC 8058), and a way back for bounces.
"""

import hashlib
import json
from datetime import datetime

from django.conf import settings

from unbroken.ground.signed import SignedNumbers
from unbroken.ground.words import _, in_language
from unbroken.intake.channels import channels
from unbroken.intake.desk import domain, secret
from unbroken.intake.mail.letter_marks import STATUS, letter_address, letter_id
from unbroken.intake.mailboxes import by_key
from unbroken.intake.outgoing import Outgoing
from unbroken.intake.post import send_service_mail
from unbroken.intake.sending import in_html
from unbroken.intake.subscribers.state import UNCONFIRMED_LASTS, Subscriber, Told

_LINKS = SignedNumbers("unbroken.intake.subscribers")
CONFIRM_SUBJECT = _("Do you want to hear of trouble by mail?")
CONFIRM = _(
    "somebody, probably you, asked for mail to this address when something does not work. "
    "Press the button on this page, and you get it:"
)
KNOWN_SUBJECT = _("You hear of trouble by mail already")
KNOWN = _(
    "somebody, probably you, asked for mail to this address when something does not work. "
    "You get it already. What of it, or no more of it:"
)
NOT_YOU = _("If it was not you, you need not do anything: nothing is sent, and in two days the "
            "address is forgotten.")  # fmt: skip
HELLO = _("Hello,")
WHAT_OR_LESS = _("What of it you want, or no more of it: {link}")


def token_of(number: int) -> str:
    """The signed part of the addresses below."""
    return _LINKS.token(number)


def read_token(token: str) -> int | None:
    """Which subscriber a link names; None when we did not make it."""
    found = _LINKS.read(token)
    return found[0] if found else None


def own_link(number: int) -> str:
    """Where they confirm, choose and end it."""
    return f"{settings.BASE_URL}/status/mail/{token_of(number)}"


def end_link(number: int) -> str:
    """Where one press ends it."""
    return f"{own_link(number)}/end"


def send_question(to: Subscriber, *, language: str, at: datetime) -> None:
    """Whether they want it; whoever has it already learns where to change it."""
    is_known = to.confirmed_at is not None
    words = [
        in_language(HELLO, language),
        in_language(KNOWN if is_known else CONFIRM, language),
        own_link(to.id),
    ]
    if not is_known:
        words.append(in_language(NOT_YOU, language))
    send_service_mail(
        to=("", to.address),
        subject=in_language(KNOWN_SUBJECT if is_known else CONFIRM_SUBJECT, language),
        words="\n\n".join(words) + "\n",
        language=language,
        until=at + UNCONFIRMED_LASTS,
    )


def deliver(to: Subscriber, telling: Told, *, subject: str, words: str, at: datetime) -> None:
    """Hand one letter over, under the same Message-ID at every attempt to tell the same.

    TemporaryFailure and PermanentFailure as the channel has them.
    """
    box = by_key("")
    back = box.address if box else ""
    if box and box.plus_addressing:
        back = letter_address(box.address, STATUS, to.id, secret())
    less = in_language(WHAT_OR_LESS, to.language, link=own_link(to.id))
    text = f"{in_language(HELLO, to.language)}\n\n{words}\n\n{less}\n"
    says = hashlib.sha256(json.dumps(telling, sort_keys=True).encode()).hexdigest()[:16]
    channels()["mail"].deliver(
        Outgoing(
            message_id=f"{says}-{letter_id(STATUS, to.id, secret(), domain())}",
            sender=(box.name, box.address) if box else ("", f"support@{domain()}"),
            to=(("", to.address),),
            cc=(),
            subject=subject,
            text=text,
            html=in_html(text, to.language),
            at=at,
            language=to.language,
            is_automatic=True,
            unsubscribe=end_link(to.id),
            returns_to=back,
        )
    )
