"""The secret of a token: how it is made, written down and compared. Pure.

A token reads `unbroken_7_x…`: its number, to find it by, and 256 random bits. Only their
hash is kept; they are too many to guess, so no slow hash is needed.
"""

import hashlib
import hmac
import secrets

PREFIX = "unbroken"
_NOBODY = bytes(32)
_NUMBER_DIGITS_MAX = 15


def new_secret() -> str:
    """256 random bits, as text."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()


def as_token(token_id: int, secret: str) -> str:
    """What the other system is given, once."""
    return f"{PREFIX}_{token_id}_{secret}"


def read_token(token: str) -> tuple[int, str] | None:
    """Its number and secret; None for anything that is no token of ours."""
    prefix, _, rest = token.strip().partition("_")
    number, _, secret = rest.partition("_")
    is_number = number.isascii() and number.isdigit() and len(number) <= _NUMBER_DIGITS_MAX
    if prefix != PREFIX or not is_number or not secret or not secret.isascii():
        return None
    return int(number), secret


def is_right(secret: str, kept: bytes | None) -> bool:
    """Whether the secret is the kept one; as long for a wrong one as for no token at all."""
    same = hmac.compare_digest(hash_of(secret), kept or _NOBODY)
    return same and kept is not None
