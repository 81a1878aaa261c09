"""E-mail: read by `intake.mail`, sent to the relay or into a folder."""

import os
import smtplib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from unbroken.ground.words import _
from unbroken.intake.desk import our_desk
from unbroken.intake.inbound import Inbound
from unbroken.intake.mail import read
from unbroken.intake.mail.compose import as_bytes
from unbroken.intake.mail_relay import open_relay
from unbroken.intake.outgoing import Outgoing, PermanentFailure, Refusal, TemporaryFailure
from unbroken.intake.ways import way_out


class MailChannel:
    """Mail in and out."""

    key = "mail"
    label = _("E-mail")

    def read(self, raw: bytes) -> Inbound:
        """What the mail says; never fails."""
        return read(raw, our_desk())

    def deliver(self, outgoing: Outgoing) -> tuple[Refusal, ...]:
        """Hand it to the relay (`smtp://`, `smtps://`) or put it into a folder (`file:///DIR`)."""
        target = urlsplit(way_out())
        if target.scheme == "file":
            _into_folder(Path(unquote(target.path)), outgoing)
            return ()
        return _to_relay(target, outgoing)


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


def _to_relay(target: SplitResult, outgoing: Outgoing) -> tuple[Refusal, ...]:
    recipients = [address for _name, address in (*outgoing.to, *outgoing.cc)]
    sender = outgoing.returns_to or ("" if outgoing.is_automatic else outgoing.sender[1])
    try:
        with open_relay(target) as relay:
            refused = relay.sendmail(sender, recipients, as_bytes(outgoing))
    except smtplib.SMTPRecipientsRefused as nobody:
        raise _failure_of_all(_refusals(nobody.recipients)) from None
    except smtplib.SMTPResponseException as answer:
        raise _failure(answer.smtp_code) from None
    except (OSError, smtplib.SMTPException) as error:
        raise TemporaryFailure("smtp.unreachable") from error
    return _refusals(refused)


def _refusals(refused: Mapping[str, tuple[int, bytes]]) -> tuple[Refusal, ...]:
    return tuple(
        Refusal(address, code, text.decode("utf-8", "replace"))
        for address, (code, text) in refused.items()
    )


def _failure_of_all(refused: tuple[Refusal, ...]) -> PermanentFailure | TemporaryFailure:
    """Nobody was taken: for good only if nobody of them ever will be."""
    codes = [one.code for one in refused]
    if all(one.is_permanent for one in refused):
        return PermanentFailure(f"smtp.{max(codes)}", refused)
    return TemporaryFailure(f"smtp.{min(codes)}")


def _failure(code: int) -> PermanentFailure | TemporaryFailure:
    return PermanentFailure(f"smtp.{code}") if code >= 500 else TemporaryFailure(f"smtp.{code}")


channel = MailChannel()
