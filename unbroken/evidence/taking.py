"""Lines of observations from wherever: a file, the API, another adapter."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from unbroken.evidence.observed import NotObserved, Observed, read_line
from unbroken.evidence.state import readings

BATCH = 2_000


@dataclass
class TakenIn:
    """What became of the lines; refused ones by the number of their line."""

    read: int = 0
    new: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def take_lines(lines: Iterable[tuple[int, bytes]], *, now: datetime) -> TakenIn:
    """Keep every line that can be read; each batch is durable before the next is begun."""
    taken = TakenIn()
    batch: list[Observed] = []
    for number, line in lines:
        if not line.strip():
            continue
        taken.read += 1
        try:
            batch.append(read_line(line, now=now))
        except NotObserved as problem:
            taken.refused.append((number, str(problem)))
        if len(batch) >= BATCH:
            _keep(batch, taken)
            batch = []
    _keep(batch, taken)
    return taken


def _keep(batch: list[Observed], taken: TakenIn) -> None:
    if not batch:
        return
    with transaction.atomic():
        new = readings.note(batch)
    taken.new += new
    taken.known += len(batch) - new
