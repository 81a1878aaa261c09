"""E-mail: read by `intake.mail`, sent to the relay or into a folder."""

import os
import smtplib
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from unbroken.ground.words import _
from unbroken.intake.desk import our_desk
from unbroken.intake.inbound import Inbound
from unbroken.intake.mail import read
from unbroken.intake.mail.compose import as_bytes
from unbroken.intake.mail_relay import open_relay
from unbroken.intake.outgoing import Outgoing, PermanentFailure, TemporaryFailure


class MailChannel:
    """Mail in and out."""

    key = "mail"
    label = _("E-mail")

    def read(self, raw: bytes) -> Inbound:
        """What the mail says; never fails."""
        return read(raw, our_desk())

    def deliver(self, outgoing: Outgoing) -> None:
        """Hand it to the relay (`smtp://`, `smtps://`) or put it into a folder (`file:///DIR`)."""
        target = urlsplit(settings.UNBROKEN.smtp_url)
        if target.scheme == "file":
            _into_folder(Path(unquote(target.path)), outgoing)
        else:
            _to_relay(target, outgoing)


def _into_folder(folder: Path, outgoing: Outgoing) -> None:
    """One file a mail, named by its own id and renamed into place: twice is once."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{outgoing.message_id.partition('@')[0]}.eml"
    if path.exists():
        return
    written = path.with_suffix(f".{os.getpid()}.part")
    with written.open("wb") as file:
        file.write(as_bytes(outgoing))
        file.flush()
        os.fsync(file.fileno())
    written.rename(path)


def _to_relay(target: SplitResult, outgoing: Outgoing) -> None:
    recipients = [address for _name, address in (*outgoing.to, *outgoing.cc)]
    sender = "" if outgoing.is_automatic else outgoing.sender[1]
    try:
        with open_relay(target) as relay:
            relay.sendmail(sender, recipients, as_bytes(outgoing))
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _text in refused.recipients.values()]
        _fail(max(codes) if all(code >= 500 for code in codes) else min(codes))
    except smtplib.SMTPResponseException as answer:
        _fail(answer.smtp_code)
    except (OSError, smtplib.SMTPException) as error:
        raise TemporaryFailure("smtp.unreachable") from error


def _fail(code: int) -> None:
    if code >= 500:
        raise PermanentFailure(f"smtp.{code}")
    raise TemporaryFailure(f"smtp.{code}")


channel = MailChannel()
