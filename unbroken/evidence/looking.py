"""One look at a line: facts from the tables, claims from the words, a verdict, all in one call."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from unbroken.directory.cards import ServiceCard
from unbroken.evidence.claims.beside import Checked, beside
from unbroken.evidence.claims.corrected import Correction, corrected, kinds_meant, set_aside
from unbroken.evidence.claims.reading import Claim, complaint_of, read_claims
from unbroken.evidence.judging import Verdict, judge_case
from unbroken.evidence.picture import Picture
from unbroken.evidence.queries.line_facts import facts_of
from unbroken.evidence.queries.outcomes import learned
from unbroken.evidence.rule import Case
from unbroken.evidence.wording import document

NO_CORRECTIONS: Mapping[str, Correction] = {}


@dataclass(frozen=True, slots=True)
class Look:
    """A verdict, the customer's claims beside the records, and how long it took.

    `set_aside`: what was read as a claim and is none, as an agent said.
    """

    verdict: Verdict
    checked: Sequence[Checked]
    zone: str
    took_ms: int
    case: Case
    set_aside: Sequence[Claim] = ()

    def document(self, language: str) -> dict[str, Any]:
        """As interfaces.md has it."""
        return document(
            self.verdict, language=language, zone=self.zone, took_ms=self.took_ms,
            checked=self.checked,
        )  # fmt: skip


def look(
    service: ServiceCard,
    at: datetime,
    claim: str = "",
    *,
    said: Sequence[tuple[str, datetime]] = (),
    corrections: Mapping[str, Correction] = NO_CORRECTIONS,
) -> Look:
    """Judge this service by what had arrived at that moment.

    `claim` is said now; `said` are words with the moment each was written, from which "yesterday"
    counts. `corrections`: how agents read them again.
    """
    begun = time.perf_counter()
    facts = facts_of(service, at)
    zone = facts.service.zone
    words = [*said, *([(claim, at)] if claim.strip() else [])]
    read = tuple(one for text, then in words for one in read_claims(text, then, zone))
    claims = corrected(read, corrections)
    complaint = None
    if words:
        complaint = complaint_of("\n".join(text for text, _then in words), claims)
        complaint = replace(complaint, kinds=kinds_meant(complaint.kinds, corrections))
    case = Case(facts, complaint, learned(Picture(facts)))
    verdict = judge_case(case)
    checked = beside(claims, case, verdict)
    took = round((time.perf_counter() - begun) * 1000)
    return Look(verdict, checked, zone, took, case, set_aside(read, corrections))
