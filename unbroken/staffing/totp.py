"""Time-based one-time codes (RFC 6238): six digits that change every thirty seconds. Pure."""

import hmac
from base64 import b32decode
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
DRIFT_STEPS = 1
"""How far the clock of a phone may be off."""


def step_of(at: datetime) -> int:
    """Which thirty seconds of the world this is."""
    return int(at.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """The code of one step; `secret` as people type it: base32 letters, blanks do not matter."""
    plain = secret.replace(" ", "").upper()
    key = b32decode(plain + "=" * (-len(plain) % 8))
    digest = hmac.digest(key, step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: str, code: str, *, at: datetime) -> int | None:
    """Whose step this code is, around this time; None if it is of none."""
    typed, now_is = code.replace(" ", ""), step_of(at)
    for step in range(now_is - DRIFT_STEPS, now_is + DRIFT_STEPS + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), typed.encode()):
            return step
    return None


def address_for(secret: str, *, account: str, issuer: str) -> str:
    """What an authenticator reads from the square: whose code it is, and for what."""
    told = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{issuer}:{account}')}?{told}"
