"""Secrets that have to be read again, enciphered with the desk's own secret key.

A stolen copy of the database alone opens none of them. What was sealed under another key, or
stored before it was sealed, is told apart by its mark.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

MARK = "sealed:"


def seal(secret: str) -> str:
    """The secret, fit to be stored; what is empty or sealed already stays as it is."""
    if not secret or secret.startswith(MARK):
        return secret
    return MARK + _cipher().encrypt(secret.encode()).decode()


def unseal(stored: str) -> str:
    """The secret again; empty when the desk's secret key is another one by now."""
    if not stored.startswith(MARK):
        return stored
    try:
        return _cipher().decrypt(stored.removeprefix(MARK).encode()).decode()
    except InvalidToken:
        return ""


def _cipher() -> Fernet:
    key = salted_hmac("unbroken.sealed", "secrets kept in the database", algorithm="sha256")
    return Fernet(urlsafe_b64encode(key.digest()))
