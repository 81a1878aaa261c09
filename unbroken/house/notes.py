"""What the data folder remembers between two starts, each a small file, written whole.

prepared    for which release the tables and assets were last brought up to date
town        whether the demo town is wanted, planted or none
sign-ins    whom to sign in as, for the hello
first-code  what opens the page of the first administrator; gone once there is one
"""

import hashlib
import os
from pathlib import Path

from unbroken.house.environment import CHECKOUT

WANTED, PLANTED, NONE = "wanted", "planted", "none"


class Notes:
    """The notes of one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def read(self, name: str) -> str:
        """A note's text; empty when it was never written."""
        try:
            return (self.data / name).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""

    def write(self, name: str, text: str) -> None:
        """Put a note down; it is there whole or not at all."""
        scratch = self.data / f".{name}.{os.getpid()}"
        scratch.write_text(text + "\n", encoding="utf-8")
        scratch.rename(self.data / name)

    def forget(self, name: str) -> None:
        """Take a note away."""
        (self.data / name).unlink(missing_ok=True)


def release_fingerprint() -> str:
    """Changes whenever a migration, a library, a style or a script may have."""
    tables = sorted(CHECKOUT.glob("unbroken/*/migrations/*.py"))
    shown = sorted(path for path in CHECKOUT.glob("unbroken/*/static/**/*") if path.is_file())
    digest = hashlib.sha256()
    for part in [*tables, *shown, CHECKOUT / "requirements" / "run.txt"]:
        if part.exists():
            digest.update(str(part.relative_to(CHECKOUT)).encode() + b"\0" + part.read_bytes())
    return digest.hexdigest()
