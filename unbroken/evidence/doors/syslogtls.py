"""The syslog door over TLS (RFC 5425), for devices of the inventory; open where a setting says so.

With UNBROKEN_SYSLOG_CA only devices that show a certificate of that authority are heard. A renewed
certificate is taken up without a restart.
"""

import asyncio
import logging
import ssl
from pathlib import Path

from django.conf import settings

from unbroken.evidence.doors import standing, syslog
from unbroken.evidence.doors.standing import Closes
from unbroken.evidence.doors.writing import Writer
from unbroken.evidence.sources import Tls
from unbroken.ground.loops import Stop

log = logging.getLogger(__name__)

HANDSHAKE_SECONDS = 10.0
RENEWED_SECONDS = 60.0


def main(stop: Stop) -> None:
    """Keep the door open until told to stop."""
    tls = settings.UNBROKEN.sources.syslog_tls
    if tls is None:
        standing.stay_closed(stop)
        return

    async def opens(writer: Writer) -> list[Closes]:
        context = secured(tls)
        server = await asyncio.get_running_loop().create_server(
            lambda: syslog.Stream(writer), tls.host, tls.port, ssl=context,
            ssl_handshake_timeout=HANDSHAKE_SECONDS,
        )  # fmt: skip
        renewing = asyncio.create_task(_renew(context, tls))
        return [server, _Ends(renewing)]

    where = f"{tls.host}:{tls.port}"
    standing.keep_open(Writer("syslogtls", syslog.written, stop), where, opens, stop)


def secured(tls: Tls) -> ssl.SSLContext:
    """TLS 1.2 or newer with our certificate; OSError when it cannot be read."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(tls.certificate, tls.key or None)
    if tls.ca:
        context.load_verify_locations(tls.ca)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


class _Ends:
    """A task as something that is closed."""

    def __init__(self, task: asyncio.Task[None]) -> None:
        self.task = task

    def close(self) -> None:
        """It ends."""
        self.task.cancel()


async def _renew(context: ssl.SSLContext, tls: Tls) -> None:
    seen = _changed_at(tls)
    while True:
        await asyncio.sleep(RENEWED_SECONDS)
        if (changed := _changed_at(tls)) == seen:
            continue
        try:
            context.load_cert_chain(tls.certificate, tls.key or None)
            seen = changed
        except OSError as error:
            log.error("the new certificate for syslog cannot be used: %s", error)


def _changed_at(tls: Tls) -> tuple[float, ...]:
    try:
        return tuple(Path(name).stat().st_mtime for name in (tls.certificate, tls.key) if name)
    except OSError:
        return ()
