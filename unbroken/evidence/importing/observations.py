"""`import observations`: JSON Lines of readings and alarms."""

from collections.abc import Iterable
from itertools import islice

from unbroken.evidence.importing.files import Report, take_files
from unbroken.evidence.taking import BATCH, take_lines
from unbroken.ground.clock import now
from unbroken.ground.progress import Taken


def import_observations(names: Iterable[str]) -> Taken:
    """Everything in these files; a second time nothing is new."""

    def work(name: str, lines: Iterable[bytes], report: Report) -> None:
        numbered = enumerate(lines, start=1)
        while some := list(islice(numbered, BATCH)):
            taken = take_lines(some, now=now())
            report.read += taken.read
            report.new += taken.new
            report.known += taken.known
            for number, reason in taken.refused:
                report.refuse(f"{name}:{number}", reason)

    return take_files(names, work, what="observations")
