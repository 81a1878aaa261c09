"""File names that can do no harm: no paths, no tricks, nothing a computer reserves."""

import mimetypes
import re
import unicodedata
from typing import Final

NAME_LETTERS_MAX: Final = 120
_TRICKS: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc]"
)
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
_RESERVED: Final = re.compile(
    r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?"
)
_EXTENSIONS: Final = {
    "message/rfc822": ".eml",
    "message/delivery-status": ".txt",
    "message/feedback-report": ".txt",
    "text/rfc822-headers": ".txt",
    "text/calendar": ".ics",
    "text/html": ".html",
    "text/plain": ".txt",
    "image/jpeg": ".jpg",
    "image/svg+xml": ".svg",
    "application/pgp-signature": ".asc",
    "application/pkcs7-signature": ".p7s",
}


def safe_name(original: str, path: str, kind: str) -> str:
    """A name fit for any disk and screen; a nameless part is called after its place."""
    name = _TRICKS.sub("", original).replace("\\", "/").rpartition("/")[2]
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name))
    name = " ".join(name.split()).rstrip(". ")
    if name.startswith("."):
        name = "_" + name.lstrip(".")
    if not name.strip("_"):
        return f"part-{path.replace('/', '-')}{extension_for(kind)}"
    if _RESERVED.fullmatch(name):
        name = "_" + name
    return _short(name)


def extension_for(kind: str) -> str:
    """The usual ending for a kind of file, or `.bin`."""
    return _EXTENSIONS.get(kind) or mimetypes.guess_extension(kind) or ".bin"


def type_for(name: str) -> str:
    """What a file of this name usually is."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def extensions_of(original: str) -> tuple[str, ...]:
    """Every ending a name might be opened by, even one hidden behind a trick."""
    found: dict[str, None] = {}
    for piece in (original, *original.split("\x00")):
        name = _TRICKS.sub("", piece).strip().rstrip(". ").lower()
        name = name.replace("\\", "/").rpartition("/")[2].partition(":")[0]
        _, dot, extension = name.rpartition(".")
        if dot:
            found[extension.strip()] = None
    return tuple(found)


def _short(name: str) -> str:
    if len(name) <= NAME_LETTERS_MAX:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 12:
        return name[:NAME_LETTERS_MAX]
    return stem[: NAME_LETTERS_MAX - len(extension) - 1] + "." + extension
