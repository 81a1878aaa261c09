"""What an operator says of the ways in and out on their pages; the environment goes before it.

Kept in the process for a few seconds, as everything that operators change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings

from unbroken.ground.kept import Kept
from unbroken.ground.sealed import unseal
from unbroken.ground.words import current_language
from unbroken.intake.models import ChannelSetting

OUT, FORM, FRAME, ABOUT_US, TELLING = "out", "form", "frame", "us", "telling"
SCHEMES = {"tls": "smtps", "starttls": "smtp+starttls", "none": "smtp"}


@dataclass(frozen=True, slots=True)
class Way:
    """One of them as it is kept; `says` never holds the password."""

    id: int
    key: str
    says: Mapping[str, Any]
    has_password: bool


@dataclass(frozen=True, slots=True)
class Us:
    """Who we are for customers; each may be empty."""

    name: str = ""
    telephone: str = ""
    website: str = ""


def _every() -> dict[str, tuple[int, Mapping[str, Any]]]:
    rows = ChannelSetting.objects.values_list("key", "id", "says")
    return {key: (number, says) for key, number, says in rows}


kept_ways = Kept(_every)


def way(key: str) -> Way:
    """What was said of this one; number 0 and nothing when nothing was."""
    number, says = kept_ways().get(key, (0, {}))
    told = {name: value for name, value in says.items() if name != "password"}
    return Way(number, key, told, bool(says.get("password")))


def us() -> Us:
    """Who we are."""
    says = way(ABOUT_US).says
    return Us(says.get("name", ""), says.get("telephone", ""), says.get("website", ""))


def may_strangers_ask() -> bool:
    """Whether the form takes requests of whoever has not signed in."""
    return bool(way(FORM).says.get("strangers", True))


def words_above_the_form() -> str:
    """What the operator wants read before somebody writes, in the reader's language or any."""
    words: Mapping[str, str] = way(FORM).says.get("words") or {}
    return words.get(current_language()) or next(iter(words.values()), "")


def framing_origins() -> tuple[str, ...]:
    """Who may show our form in a frame."""
    return settings.UNBROKEN.embed_origins or tuple(way(FRAME).says.get("origins") or ())


def is_out_by_environment() -> bool:
    """Whether UNBROKEN_SMTP_URL says the way out, so that no page can."""
    read = settings.UNBROKEN
    return bool(read.smtp_url != (read.data / "sent").as_uri())


def way_out() -> str:
    """The address of the relay, or the folder that mail is put into."""
    if is_out_by_environment():
        return str(settings.UNBROKEN.smtp_url)
    _number, says = kept_ways().get(OUT, (0, {}))
    return relay_url(says) if says.get("host") else str(settings.UNBROKEN.smtp_url)


def relay_url(says: Mapping[str, Any]) -> str:
    """A relay as it is typed or kept, as an address with its password: never to be shown."""
    who = quote(says["user"], safe="") if says.get("user") else ""
    if who and says.get("password"):
        who += ":" + quote(unseal(says["password"]), safe="")
    host = f"[{says['host']}]" if ":" in says["host"] else says["host"]
    port = f":{says['port']}" if says.get("port") else ""
    return f"{SCHEMES[says.get('tls', 'tls')]}://{who}{'@' if who else ''}{host}{port}"


def sealed_relay_password() -> str:
    """The password as it is kept: sealed, to be kept on."""
    _number, says = kept_ways().get(OUT, (0, {}))
    return str(says.get("password") or "")
