"""Trying a mailbox or the way out, now and by hand: what is wrong, in plain words.

Nothing is taken in and nothing of a mailbox is changed.
"""

import imaplib
import smtplib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit

import imap_tools

from unbroken.ground.words import Phrase, _, in_language
from unbroken.intake.actions.mailboxes import opened
from unbroken.intake.channels import channels
from unbroken.intake.imap_box import Box, BoxSettings, BoxTrouble
from unbroken.intake.mail.compose import as_bytes
from unbroken.intake.mail_relay import PORTS, open_relay
from unbroken.intake.outgoing import Outgoing, TemporaryFailure
from unbroken.intake.ways import way_out

PATIENCE_SECONDS = 10.0
SAID_MAX = 200


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it, as a sentence and its values."""

    is_good: bool
    sentence: Phrase
    values: Mapping[str, object] = field(default_factory=dict)

    def in_words(self) -> str:
        """In the reader's language."""
        return in_language(self.sentence, None, **self.values)


def try_mailbox(imap: Mapping[str, Any]) -> Tried:
    """Open it as its reader would, and count what waits; `imap` as it is stored or typed."""
    try:
        read = BoxSettings.read({**opened(imap)})
        place = {"host": read.host, "port": read.port}
        box_settings = BoxSettings(**{**_values(read), "patience": PATIENCE_SECONDS})
    except BoxTrouble as trouble:
        return Tried(False, _("{said}"), {"said": str(trouble)})
    try:
        with Box(box_settings) as box:
            waiting = len(box.uids_at_first())
    except imap_tools.MailboxLoginError as error:
        return Tried(False, _("The server refuses this user or password: {said}"), _said(error))
    except imap_tools.MailboxFolderSelectError:
        return Tried(False, _("There is no folder {folder}."), {"folder": read.folder})
    except (OSError, ssl.SSLError) as error:
        return _unreachable(error, place)
    except (imaplib.IMAP4.error, imap_tools.ImapToolsError, BoxTrouble) as error:
        return Tried(False, _("The server did not do what was asked: {said}"), _said(error))
    sentence = _("It works: the folder {folder} opens, and {n} mails would be taken.")
    return Tried(True, sentence, {"folder": read.folder, "n": waiting})


def try_outgoing(
    *, sender: str, to: str, subject: str, text: str, at: datetime, way: str = ""
) -> Tried:
    """Send a mail to somebody of the desk, the way every mail leaves or, not kept yet, by `way`."""
    target = urlsplit(way or way_out())
    mark = f"test-{at:%Y%m%d%H%M%S%f}@{sender.rpartition('@')[2]}"
    outgoing = Outgoing(
        message_id=mark, sender=("", sender), to=(("", to),), cc=(), subject=subject, text=text,
        html="", at=at,
    )  # fmt: skip
    place = {"host": target.hostname, "port": target.port or PORTS.get(target.scheme, 25)}
    try:
        return _left(target, outgoing)
    except TemporaryFailure as failure:
        return Tried(False, *_SMTP.get(str(failure), (_("{said}"), {"said": str(failure)})))
    except smtplib.SMTPRecipientsRefused as nobody:
        said = next(iter(nobody.recipients.values()))[1]
        return Tried(False, _("The server does not take mail to you: {said}"), _said(said))
    except smtplib.SMTPSenderRefused as refused:
        sentence = _("The server does not take mail from {sender}: {said}")
        return Tried(False, sentence, {"sender": sender} | _said(refused.smtp_error))
    except smtplib.SMTPException as error:
        return Tried(False, _("The server did not do what was asked: {said}"), _said(error))
    except OSError as error:
        return _unreachable(error, place)


_SMTP: Mapping[str, tuple[Phrase, Mapping[str, object]]] = {
    "smtp.login": (_("The server refuses the user or password."), {}),
    "smtp.no_tls": (
        _("The server makes no line private (STARTTLS), so the password was not said to it."),
        {},
    ),
}


def _left(target: SplitResult, outgoing: Outgoing) -> Tried:
    to = outgoing.to[0][1]
    if target.scheme == "file":
        channels()["mail"].deliver(outgoing)
        sentence = _("It lies in the folder of sent mail: nothing leaves this machine.")
        return Tried(True, sentence)
    with open_relay(target, patience=PATIENCE_SECONDS) as relay:
        relay.sendmail(outgoing.sender[1], [to], as_bytes(outgoing))
    return Tried(True, _("The server took it: look into the mailbox of {to}."), {"to": to})


def try_door(*, host: str, port: int, is_lmtp: bool, to: str) -> Tried:
    """Knock at our own door as a mail server would, up to the address; nothing is handed in."""
    place = {"host": host, "port": port}
    speaker = smtplib.LMTP if is_lmtp else smtplib.SMTP
    try:
        with speaker(host, port, timeout=PATIENCE_SECONDS) as relay:
            relay.ehlo_or_helo_if_needed()
            relay.mail("")
            code, answer = relay.rcpt(to)
            relay.rset()
    except smtplib.SMTPException as error:
        return Tried(False, _("The server did not do what was asked: {said}"), _said(error))
    except OSError as error:
        return _unreachable(error, place)
    if code >= 300:
        sentence = _("The door is open, but takes no mail to {to}: {said}")
        return Tried(False, sentence, {"to": to} | _said(answer))
    return Tried(True, _("The door is open and takes mail to {to}."), {"to": to})


def _unreachable(error: OSError, place: Mapping[str, object]) -> Tried:
    if isinstance(error, socket.gaierror):
        return Tried(False, _("There is no host {host}."), place)
    if isinstance(error, ssl.SSLCertVerificationError):
        sentence = _("Nobody vouches for the certificate of {host}: {said}")
        return Tried(False, sentence, {**place, "said": error.verify_message})
    if isinstance(error, ssl.SSLError):
        sentence = _("{host} speaks no TLS at port {port}: another port, or STARTTLS?")
        return Tried(False, sentence, place)
    if isinstance(error, ConnectionRefusedError):
        return Tried(False, _("{host} takes no connections at port {port}."), place)
    if isinstance(error, TimeoutError):
        return Tried(False, _("{host} does not answer at port {port}."), place)
    sentence = _("{host} cannot be reached at port {port}: {said}")
    return Tried(False, sentence, {**place, **_said(error)})


def _said(error: object) -> dict[str, object]:
    """What the server said, cut short."""
    text = error.decode("utf-8", "replace") if isinstance(error, bytes) else str(error)
    return {"said": " ".join(text.split())[:SAID_MAX]}


def _values(read: BoxSettings) -> dict[str, Any]:
    return {name: getattr(read, name) for name in read.__slots__}
