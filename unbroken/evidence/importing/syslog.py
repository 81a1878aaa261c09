"""`import syslog`: files of log lines, RFC 5424 or RFC 3164."""

from collections.abc import Iterable
from datetime import tzinfo

from django.db import transaction

from unbroken.evidence.importing.files import Report, take_files
from unbroken.evidence.logged import Scribe
from unbroken.evidence.state import logs
from unbroken.evidence.state.logs import Logged
from unbroken.evidence.syslog.lines import Calendar, NotLogged, read
from unbroken.ground.clock import now
from unbroken.ground.progress import Taken

BATCH = 2_000


def import_syslog(names: Iterable[str], *, zone: tzinfo | None, year: int | None) -> Taken:
    """Everything in these files; a second time nothing is new."""

    def work(name: str, lines: Iterable[bytes], report: Report) -> None:
        calendar, scribe = Calendar(zone=zone, year=year), Scribe()
        batch: list[Logged] = []
        for number, raw in enumerate(lines, start=1):
            if not raw.strip():
                continue
            report.read += 1
            try:
                logged = scribe.write(read(raw, calendar), received_at=None)
            except NotLogged as problem:
                report.refuse(f"{name}:{number}", str(problem))
                continue
            if logged is None or logged.at > now():
                reason = "It names no time." if logged is None else "It lies in the future."
                report.refuse(f"{name}:{number}", reason)
                continue
            batch.append(logged)
            if len(batch) >= BATCH:
                _keep(batch, report)
                batch = []
        _keep(batch, report)

    return take_files(names, work, what="log lines")


def _keep(batch: list[Logged], report: Report) -> None:
    with transaction.atomic():
        new = logs.note(batch)
    report.new += new
    report.known += len(batch) - new
