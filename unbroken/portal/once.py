"""A form is sent once, however often the button is pressed.

Each form carries a number of its own, signed by us. The same form with the same words is the
same request; the same form with other words (sent, gone back, changed) is another one, because
words are never dropped.
"""

import hashlib
import secrets
from collections.abc import Iterable

from django.core.signing import BadSignature, TimestampSigner

FORM_LASTS_SECONDS = 48 * 3600


def form_number() -> str:
    """A number for a form that is about to be shown."""
    return _signer().sign(secrets.token_urlsafe(12))


def is_ours(number: str) -> bool:
    """Whether a form we made is being sent, and not too long after."""
    try:
        _signer().unsign(number, max_age=FORM_LASTS_SECONDS)
    except BadSignature:
        return False
    return True


def fingerprint(number: str, *contents: str | bytes, files: Iterable[bytes] = ()) -> bytes:
    """The same for the same form with the same contents."""
    digest = hashlib.sha256(b"portal form\0" + number.encode())
    for one in (*contents, *files):
        data = one.encode("utf-8", "surrogatepass") if isinstance(one, str) else one
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.digest()


def _signer() -> TimestampSigner:
    return TimestampSigner(sep=".", salt="unbroken.portal.form")
