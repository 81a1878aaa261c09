"""How much the portal takes, and how often. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Limit:
    """So many within so long."""

    what: str
    most: int
    within: timedelta


WORDS_MAX: Final = 50_000
SUBJECT_MAX: Final = 200
NAME_MAX: Final = 120

FILES_MAX: Final = 10
FILE_BYTES_MAX: Final = 15 * 1024 * 1024
FILES_BYTES_MAX: Final = 20 * 1024 * 1024

HOUR = timedelta(hours=1)
ASKS_FROM_ONE_PLACE = Limit("ask", 20, HOUR)
ASKS_BY_ONE_CONTACT = Limit("ask-contact", 30, HOUR)
FACTS_BY_ONE_CONTACT = Limit("fact", 60, HOUR)
KEYS_FROM_ONE_PLACE = Limit("key-place", 20, HOUR)
KEYS_FOR_ONE_ADDRESS = Limit("key-address", 5, HOUR)
CODE_TRIES_FROM_ONE_PLACE = Limit("code-place", 30, HOUR)
INVITATIONS_BY_ONE_CONTACT = Limit("invite", 30, HOUR)
LINKS_FROM_ONE_PLACE = Limit("link-place", 60, HOUR)
TESTS_BY_ONE_CONTACT = Limit("line-test", 12, HOUR)
VOTES_FROM_ONE_PLACE = Limit("vote", 30, HOUR)
STATUS_MAILS_FROM_ONE_PLACE = Limit("status-place", 20, HOUR)
STATUS_MAILS_TO_ONE_ADDRESS = Limit("status-address", 3, HOUR)
