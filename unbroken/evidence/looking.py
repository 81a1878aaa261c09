"""One look at a line: facts from the tables, claims from the words, a verdict, all in one call."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.directory.cards import ServiceCard
from unbroken.evidence.claims.beside import Checked, beside
from unbroken.evidence.claims.reading import read_claims, read_complaint
from unbroken.evidence.judging import Verdict, judge_case
from unbroken.evidence.queries.line_facts import facts_of
from unbroken.evidence.rule import Case
from unbroken.evidence.wording import document


@dataclass(frozen=True, slots=True)
class Look:
    """A verdict, the customer's claims beside the records, and how long it took."""

    verdict: Verdict
    checked: Sequence[Checked]
    zone: str
    took_ms: int
    case: Case

    def document(self, language: str) -> dict[str, Any]:
        """As interfaces.md has it."""
        return document(
            self.verdict, language=language, zone=self.zone, took_ms=self.took_ms,
            checked=self.checked,
        )  # fmt: skip


def look(service: ServiceCard, at: datetime, claim: str = "") -> Look:
    """Judge this service by what had arrived at that moment."""
    begun = time.perf_counter()
    facts = facts_of(service, at)
    zone = facts.service.zone
    case = Case(facts, read_complaint(claim, at, zone))
    verdict = judge_case(case)
    checked = beside(read_claims(claim, at, zone), case, verdict) if claim else ()
    return Look(verdict, checked, zone, round((time.perf_counter() - begun) * 1000), case)
