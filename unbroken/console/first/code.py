"""The code that opens the first steps: made at the start, printed there, gone with its use.

Attack: a stranger who reaches the page of a fresh desk before its operator does. Being on the same
machine proves nothing, since behind a proxy everybody is; only whoever reads what the start prints,
or the data folder, knows the code.
"""

import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings


def _place() -> Path:
    return Path(settings.UNBROKEN.data) / "first-code"


def make() -> None:
    """There is a code, the same until it was used."""
    if _place().exists():
        return
    scratch = _place().with_name(f".first-code.{os.getpid()}")
    scratch.touch(mode=0o600)
    scratch.write_text(secrets.token_urlsafe(16) + "\n", encoding="utf-8")
    scratch.rename(_place())


def is_it(typed: str) -> bool:
    """Whether this is the code; never when there is none."""
    try:
        code = _place().read_text(encoding="utf-8").strip()
    except OSError:
        return False
    return bool(code) and hmac.compare_digest(code.encode(), typed.strip().encode())


def forget() -> None:
    """It was used."""
    _place().unlink(missing_ok=True)
