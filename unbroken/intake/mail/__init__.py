"""Reading mail: from raw bytes to an `Inbound`, with nothing lost and nothing believed.

Pure: no database, no clock, no network. Never raises, whatever the bytes, and takes
bounded time and memory for them. The raw mail is never changed; it can be read again.
"""

from unbroken.intake.mail.attachments import part_bytes
from unbroken.intake.mail.facts import DESK_HEADER, Desk
from unbroken.intake.mail.identity import dedupe_key
from unbroken.intake.mail.reading import read

__all__ = ["DESK_HEADER", "Desk", "dedupe_key", "part_bytes", "read"]
