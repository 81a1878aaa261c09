"""The mail server that carries what we send on: reached, greeted, told who we are.

`smtp://host` speaks plainly, as to a relay next door. With a user the line is made private
first (STARTTLS) and the password is never said in the clear, but for a relay on this machine.
`smtp+starttls://host` is made private always, `smtps://host` is so from the first byte. Whose
certificate nobody vouches for gets nothing.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import SplitResult, unquote

from unbroken.intake.outgoing import TemporaryFailure

TIMEOUT_SECONDS = 60
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@contextmanager
def open_relay(target: SplitResult, *, patience: float = TIMEOUT_SECONDS) -> Iterator[smtplib.SMTP]:
    """The relay, ready to take mail. What an operator can mend is only a temporary failure."""
    host, port = target.hostname or "127.0.0.1", target.port or PORTS.get(target.scheme, 25)
    with _reached(target.scheme, host, port, patience) as relay:
        is_plain = target.scheme == "smtp" and not target.username
        if target.scheme != "smtps" and not is_plain:
            _make_private(relay, host)
        if target.username:
            _log_in(relay, unquote(target.username), unquote(target.password or ""))
        yield relay


def _reached(scheme: str, host: str, port: int, patience: float) -> smtplib.SMTP:
    if scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, timeout=patience, context=context)
    return smtplib.SMTP(host, port, timeout=patience)


def _make_private(relay: smtplib.SMTP, host: str) -> None:
    relay.ehlo_or_helo_if_needed()
    if relay.has_extn("starttls"):
        relay.starttls(context=ssl.create_default_context())
    elif host not in HERE:
        raise TemporaryFailure("smtp.no_tls")


def _log_in(relay: smtplib.SMTP, user: str, password: str) -> None:
    try:
        relay.login(user, password)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
        raise TemporaryFailure("smtp.login") from error
