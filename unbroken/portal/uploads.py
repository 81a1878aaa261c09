"""Files sent along with a form: taken whole, or refused with a reason that says what to do."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from unbroken.ground.words import _, in_language
from unbroken.intake.asked import WebFile
from unbroken.portal.limits import FILE_BYTES_MAX, FILES_BYTES_MAX, FILES_MAX

TOO_MANY = _("At most {n} files at once. Send the others afterwards: they join the same request.")
TOO_LARGE = _("“{name}” is larger than {n} MB. Make it smaller, or tell us where we can fetch it.")
TOO_MUCH = _("Together the files are larger than {n} MB. Send some of them afterwards.")
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,99}/[a-z0-9][a-z0-9!#$&^_.+-]{0,99}")
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrived. Its name and type are what the browser says, so they prove nothing."""

    name: str
    media_type: str
    data: bytes

    def as_web_file(self) -> WebFile:
        """As it is kept."""
        return WebFile(self.name, self.media_type, base64.b64encode(self.data).decode())


def uploads_of(request: HttpRequest, name: str = "files") -> tuple[tuple[Upload, ...], list[str]]:
    """The files of a form, and what is wrong with them."""
    sent: Sequence[UploadedFile[Any]] = [one for one in request.FILES.getlist(name) if one.name]
    wrong = _wrong_with(sent)
    if wrong:
        return (), wrong
    return tuple(
        Upload(str(one.name), _type_of(one), one.read()) for one in sent if one.size is not None
    ), []


def _wrong_with(sent: Sequence["UploadedFile[Any]"]) -> list[str]:
    if len(sent) > FILES_MAX:
        return [in_language(TOO_MANY, n=FILES_MAX)]
    large = [one for one in sent if (one.size or 0) > FILE_BYTES_MAX]
    if large:
        most = FILE_BYTES_MAX // _MEGABYTE
        return [in_language(TOO_LARGE, name=one.name, n=most) for one in large]
    if sum(one.size or 0 for one in sent) > FILES_BYTES_MAX:
        return [in_language(TOO_MUCH, n=FILES_BYTES_MAX // _MEGABYTE)]
    return []


def _type_of(sent: "UploadedFile[Any]") -> str:
    told = (sent.content_type or "").lower()
    return told if _TYPE.fullmatch(told) else "application/octet-stream"
