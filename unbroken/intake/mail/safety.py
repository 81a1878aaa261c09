"""Whether an attachment may be opened with a click, or is held apart until somebody insists.

Judged by its name and by its first bytes, whichever is worse; archives are looked into.
"""

import re
from typing import Final

from unbroken.intake.inbound import HeldReason
from unbroken.intake.mail import archives, names
from unbroken.intake.mail.tables import words

ARCHIVE_DEPTH_MAX: Final = 3
MEMBERS_OPENED_MAX: Final = 12
_LOOK_BYTES: Final = 1_048_576

PROGRAMS: Final = words(
    "exe com scr pif cpl dll sys drv msi msp mst msc msu appx appxbundle msix appinstaller gadget"
    " ocx "
    "jar jnlp apk aab ipa dmg pkg deb rpm run elf bin app command workflow scf lnk url website"
    " desktop "
    "chm hlp grp inf ins isp crt_ prf xbap xll settingcontent-ms diagcab theme library-ms"
    " search-ms "
    "application air class wim ppkg iqy slk rdp"
)
SCRIPTS: Final = words(
    "bat cmd ps1 ps1xml ps2 psm1 psc1 psd1 vb vbe vbs js jse mjs wsf wsh wsc ws sct hta reg sh"
    " bash zsh "
    "csh ksh fish py pyc pyw pyz pl rb php phtml asp aspx jsp cgi applescript scpt ahk au3 tcl lua"
)
MACRO_DOCUMENTS: Final = words(
    "docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm accdb accde mdb mde ade adp one onepkg "
    "pub_ wll xla"
)
DISK_IMAGES: Final = words("iso img vhd vhdx vmdk udf toast cdr nrg mdf bin_")
CLOSED_ARCHIVES: Final = words("cab ace arj lzh lha z lz lzma zst arc zoo uue xxe")
ARCHIVES: Final = words("zip rar 7z tar gz tgz bz2 tbz tbz2 xz txz")
_PAGES: Final = words("html htm xhtml xht shtml mht mhtml svg svgz")

_MACHINE_CODE: Final = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"dex\n",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"ITSF",
    b"!<arch>\ndebian",
    b"\xed\xab\xee\xdb",
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_MACROS: Final = tuple(
    word.encode("utf-16-le") for word in ("_VBA_PROJECT", "VBA_PROJECT_CUR", "Macros\0")
)
_OOXML_MACROS: Final = re.compile(
    r"(?i)(?:vbaproject\.bin|/macrosheets/|vbadata\.xml|activex\d*\.bin|basic/script-l[bc]\.xml)"
)
_ACTIVE: Final = re.compile(
    rb"(?is)<\s{0,5}(?:script|iframe|object|embed|applet|foreignobject"
    rb"|meta[^>]{0,200}http-equiv[^>]{0,40}refresh)"
    rb"|[\s/\"']on(?:load|error|click|dblclick|mouse[a-z]+|focus[a-z]*|blur|key[a-z]+|submit"
    rb"|reset|change|input"
    rb"|toggle|begin|end|repeat|pointer[a-z]+|animation[a-z]+|transition[a-z]+|wheel|scroll"
    rb"|drag[a-z]*|drop|copy|cut"
    rb"|paste|abort|resize|message|hashchange|popstate|start|finish|bounce|beforeunload|unload"
    rb"|pageshow|touch[a-z]+"
    rb"|play[a-z]*|show|select|activate|zoom)\s{0,5}=|javascript\s{0,5}:|vbscript\s{0,5}:|<!entity"
)
_RTF_OBJECT: Final = re.compile(rb"\\(?:objdata|objupdate|objemb|objautlink)")


def held_reason(data: bytes, name: str, kind: str) -> HeldReason | None:
    """Why this attachment is held apart; None when it may be opened."""
    return _judge(data, name, kind, 0, [MEMBERS_OPENED_MAX])


def _judge(data: bytes, name: str, kind: str, depth: int, left: list[int]) -> HeldReason | None:
    by_name = _by_name(names.extensions_of(name))
    if by_name:
        return by_name
    by_bytes = _by_first_bytes(data, kind, name)
    if by_bytes:
        return by_bytes
    return _by_listing(data, name, depth, left)


def _by_name(extensions: tuple[str, ...]) -> HeldReason | None:
    for extension in extensions:
        if extension in PROGRAMS:
            return "program"
        if extension in SCRIPTS:
            return "script"
        if extension in MACRO_DOCUMENTS:
            return "macro"
        if extension in DISK_IMAGES:
            return "disk_image"
        if extension in CLOSED_ARCHIVES:
            return "archive_unreadable"
    return None


def _by_first_bytes(data: bytes, kind: str, name: str) -> HeldReason | None:
    head = data[:_LOOK_BYTES]
    if head.startswith(_MACHINE_CODE):
        # Two letters are little proof: a text may begin with "MZ".
        if not head.startswith(b"MZ") or b"\0" in head[:200]:
            return "program"
    elif head.startswith(b"#!") and b"/" in head[:80]:
        return "script"
    elif head.startswith(b"MSCF"):
        return "archive_unreadable"
    elif head.startswith(_OLE):
        return "macro" if any(mark in data for mark in _OLE_MACROS) else None
    elif head.startswith(b"{\\rt"):
        return "active_content" if _RTF_OBJECT.search(data) else None
    elif data[32769:32774] == b"CD001" or head.startswith((b"conectix", b"vhdxfile")):
        return "disk_image"
    elif _is_page(head, kind, name) and _ACTIVE.search(head):
        return "active_content"
    return None


def _is_page(head: bytes, kind: str, name: str) -> bool:
    if kind in ("text/html", "image/svg+xml", "application/xhtml+xml") or kind.endswith("/xml"):
        return True
    if any(extension in _PAGES for extension in names.extensions_of(name)):
        return True
    start = head[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<svg", b"<script", b"<?xml"))


def _by_listing(data: bytes, name: str, depth: int, left: list[int]) -> HeldReason | None:
    try:
        listing = archives.listing_of(data, name)
    except archives.Unreadable:
        return "archive_unreadable"
    if listing is None:
        is_named_so = any(extension in ARCHIVES for extension in names.extensions_of(name))
        return "archive_unreadable" if is_named_so and data else None
    if listing.is_bomb:
        return "archive_bomb"
    if any(_OOXML_MACROS.search(member.name) for member in listing.members):
        return "macro" if depth == 0 else "archive_hides"
    if any(_by_name(names.extensions_of(m.name)) for m in listing.members if not _is_folder(m)):
        return "archive_hides" if not _is_office(listing) else "macro"
    if listing.is_encrypted:
        return "archive_encrypted"
    return _by_members(listing, depth, left)


def _is_folder(member: archives.Member) -> bool:
    return member.name.endswith("/")


def _is_office(listing: archives.Listing) -> bool:
    return any(member.name in ("[Content_Types].xml", "mimetype") for member in listing.members)


def _by_members(listing: archives.Listing, depth: int, left: list[int]) -> HeldReason | None:
    """Open what is small enough and may hide something."""
    if _is_office(listing):
        return None
    for member in listing.members:
        if member.peek is None or member.size > archives.UNPACKED_BYTES_MAX or left[0] <= 0:
            if any(e in ARCHIVES for e in names.extensions_of(member.name)):
                return "archive_unreadable"
            continue
        left[0] -= 1
        if depth >= ARCHIVE_DEPTH_MAX:
            return "archive_unreadable"
        reason = _judge(member.peek(), member.name, "", depth + 1, left)
        if reason in ("archive_bomb", "archive_encrypted"):
            return reason
        if reason:
            return "archive_hides"
    return None
