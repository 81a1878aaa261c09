"""One spelling for each address, so that the same mailbox or telephone is found again.

Pure: values in, values out. Two spellings become one only when they surely reach the same place:
capitals, the two forms of an international domain, the ways to write a telephone number. A
plus-address stays as it is, because at many hosts it is somebody else.
"""

import re
import unicodedata
from typing import Final

import phonenumbers

KINDS: Final = ("email", "phone", "fax", "messenger", "postal")
STATES: Final = ("unknown", "good", "bouncing", "dead")

_DIALLED: Final = ("phone", "fax")
_BLANKS: Final = re.compile(r"\s+")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?")
_LENGTH_MAX: Final = 320


class NotAnAddress(ValueError):
    """This is no address of that kind; the text says what is wrong with it."""


def normal_address(kind: str, value: str, *, country: str) -> str:
    """The spelling under which an address is looked up; `country` is for short phone numbers."""
    text = unicodedata.normalize("NFC", value).strip()
    if not text:
        raise NotAnAddress("it is empty")
    if _CONTROL.search(text) and kind != "postal":
        raise NotAnAddress("it has a line break or a control character in it")
    if kind == "email":
        return normal_email(text)
    if kind in _DIALLED:
        return normal_phone(text, country=country)
    return _plain(text.lstrip("@ ") if kind == "messenger" else text)


def _plain(text: str) -> str:
    """Capitals and runs of blanks do not matter."""
    folded = unicodedata.normalize("NFC", _BLANKS.sub(" ", text).strip().casefold())
    if not folded:
        raise NotAnAddress("it is empty")
    return folded


def normal_email(value: str) -> str:
    """`Anneke@Bücher.example` and `anneke@xn--bcher-kva.example` are one mailbox."""
    local, at, domain = value.strip().rpartition("@")
    if not at or not local or not domain:
        raise NotAnAddress("an e-mail address has a name, an @ and a domain")
    if len(value) > _LENGTH_MAX or _unquotable(local):
        raise NotAnAddress("the part before the @ cannot be a mailbox")
    return f"{unicodedata.normalize('NFC', local).lower()}@{_normal_domain(domain)}"


def normal_phone(value: str, *, country: str) -> str:
    """`030 23125-077` in Germany is `+493023125077`; an extension is kept apart."""
    try:
        number = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException as problem:
        raise NotAnAddress(f"no telephone number: {problem}") from problem
    if not phonenumbers.is_possible_number(number):
        raise NotAnAddress("no telephone number has this many digits")
    dialled = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{dialled};ext={number.extension}" if number.extension else str(dialled)


def _unquotable(local: str) -> bool:
    """Blanks, brackets and doubled or leading dots need quotes, which no mailbox here has."""
    if local.startswith('"') and local.endswith('"') and len(local) > 2:
        return False
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    return dots or any(letter in ' ()<>[]:;,\\"@' for letter in local)


def _normal_domain(domain: str) -> str:
    """The form that travels: lower case, international letters in their ASCII dress."""
    if domain.startswith("[") and domain.endswith("]"):
        return domain.lower()
    try:
        ascii_form = domain.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as problem:
        raise NotAnAddress(f"no such domain can exist: {domain}") from problem
    if not ascii_form or not all(_LABEL.fullmatch(label) for label in ascii_form.split(".")):
        raise NotAnAddress(f"no such domain can exist: {domain}")
    return ascii_form
