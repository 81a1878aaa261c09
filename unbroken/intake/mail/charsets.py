"""Bytes to letters, whatever the sender said they were.

Never raises. What is promised by a header is tried first, then UTF-8, then what the
bytes look like. The result holds nothing a database or a JSON file would refuse.
"""

import codecs
import re
from functools import lru_cache
from typing import Final

import cchardet

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS: Final = re.compile("\r*\n|\r")
_MULTIBYTE: Final = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_GUESS_BYTES_MAX: Final = 65_536

# Names senders use that Python does not know, or knows as something narrower than meant.
_MEANT: Final = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ansi": "cp1252",
    "windows-1252http-equivcontent-type": "cp1252",
    "x-ansi": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "chinese": "gb18030",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "x-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "korean": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "koi8-ru": "koi8_u",
    "x-koi8-r": "koi8_r",
    "win-1251": "cp1251",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
}
# Codecs that are no charsets: what they turn bytes into is not what the sender wrote.
_NOT_CHARSETS: Final = {
    "unicode_escape",
    "raw_unicode_escape",
    "idna",
    "punycode",
    "undefined",
    "mbcs",
    "oem",
    "rot13",
}
_SAYS_NOTHING: Final = {"", "ascii", "us-ascii", "ansi_x3.4-1968", "utf-8", "utf8", "646"}


def tidy(text: str) -> str:
    """Without what no database keeps and no screen shows; lines end in a line feed."""
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    if _UNPRINTABLE.search(text):
        text = _UNPRINTABLE.sub("", text.replace("\x0c", "\n").replace("\x0b", "\n"))
    return text


def decode(data: bytes, said: str = "") -> str:
    """The letters in these bytes; `said` is the charset their sender named, if any."""
    said = said.strip().strip("\"'").lower()
    if data.isascii() and (said in _SAYS_NOTHING or _is_ascii_safe(said)):
        return tidy(data.decode("ascii"))
    if data[:3] == b"\xef\xbb\xbf":
        return tidy(data[3:].decode("utf-8", "replace"))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return tidy(data.decode("utf-16", "replace"))
    if said in _SAYS_NOTHING:
        return tidy(_utf8(data) or _guessed(data))
    codec = _codec(said)
    if codec is None:
        return tidy(_utf8(data) or _guessed(data))
    return tidy(_as_said(data, codec))


def _as_said(data: bytes, codec: str) -> str:
    if not _is_wide(codec) and len(_MULTIBYTE.findall(data[:_GUESS_BYTES_MAX])) >= 2:
        # UTF-8 under a wrong name is common; the other way round it would not decode.
        text = _utf8(data)
        if text is not None:
            return text
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        pass
    text = data.decode(codec, "replace")
    if text.count("\ufffd") * 20 > len(text):
        return _utf8(data) or _guessed(data)
    return text


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # One letter cut in half at the very end is still UTF-8.
        if error.reason == "unexpected end of data" and error.start >= 16:
            return data.decode("utf-8", "replace")
        return None


def _guessed(data: bytes) -> str:
    """By the look of it. A few broken bytes in much good UTF-8 are not another charset."""
    high = len(_HIGH.findall(data[:_GUESS_BYTES_MAX]))
    if len(_MULTIBYTE.findall(data[:_GUESS_BYTES_MAX])) * 2 > high * 0.8 and high >= 6:
        return data.decode("utf-8", "replace")
    guess = cchardet.detect(data[:_GUESS_BYTES_MAX]).get("encoding") or "cp1252"
    codec = _codec(guess.lower()) or "cp1252"
    return data.decode(codec, "replace")


@lru_cache(maxsize=256)
def _codec(said: str) -> str | None:
    said = _MEANT.get(said, said)
    try:
        found = codecs.lookup(said)
    except (LookupError, ValueError, UnicodeError):
        return None
    if found.name in _NOT_CHARSETS or not getattr(found, "_is_text_encoding", True):
        return None
    return found.name


@lru_cache(maxsize=256)
def _is_wide(codec: str) -> bool:
    """Whether letters take several bytes in it (so UTF-8 may look valid by accident)."""
    return codec.startswith(("utf", "gb", "big5", "cp9", "euc", "iso2022", "shift", "hz", "johab"))


@lru_cache(maxsize=256)
def _is_ascii_safe(said: str) -> bool:
    """Whether plain ASCII bytes mean themselves under this name."""
    codec = _codec(said)
    if codec is None:
        return True
    return not codec.startswith(("utf-7", "utf-16", "utf-32", "iso2022", "hz", "cp037", "cp5"))
