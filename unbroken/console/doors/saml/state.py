"""Questions to SAML providers that wait for their one answer.

The answer comes by a form from the provider's page, and a browser sends no session along with
that. So the question's row, not the session, says that it was asked; the answer is kept beside it
for the next step, in which the browser that asked shows its session. Each is answered once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from unbroken.console.models import SamlQuestion
from unbroken.ground.sealed import seal, unseal

LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that nobody has answered yet: which provider was asked."""

    provider_id: int


def ask(number: str, *, provider_id: int, at: datetime) -> None:
    """One more was asked; what is long over is swept out."""
    SamlQuestion.objects.filter(ends_at__lte=at).delete()
    SamlQuestion.objects.create(
        name=_name(number), provider_id=provider_id, ends_at=at + LASTS, answer=""
    )


def waiting(number: str, *, at: datetime) -> Waiting | None:
    """The question of this number, if it still waits."""
    found = SamlQuestion.objects.filter(name=_name(number), ends_at__gt=at, answered_at=None)
    provider = found.values_list("provider_id", flat=True).first()
    return Waiting(provider) if provider is not None else None


def take(number: str, *, at: datetime) -> bool:
    """The answer came: True for the one who was first. Attack: a copy of it comes after it."""
    found = SamlQuestion.objects.filter(name=_name(number), ends_at__gt=at, answered_at=None)
    return found.update(answered_at=at) == 1


def keep(number: str, told: Mapping[str, Any]) -> None:
    """Whom the provider vouched for, until the browser that asked comes for it."""
    kept = seal(json.dumps(told))
    SamlQuestion.objects.filter(name=_name(number)).update(answer=kept)


def fetch(number: str, *, at: datetime) -> dict[str, Any]:
    """Whom the provider vouched for; empty when nobody, or when it was fetched already."""
    found = SamlQuestion.objects.filter(name=_name(number), ends_at__gt=at).exclude(answer="")
    kept = found.values_list("answer", flat=True).first() or ""
    if not kept or found.delete()[0] != 1:
        return {}
    told: dict[str, Any] = json.loads(unseal(kept) or "{}")
    return told


def _name(number: str) -> str:
    return sha256(number.encode()).hexdigest()
