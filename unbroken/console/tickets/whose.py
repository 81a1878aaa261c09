"""Names behind the marks of a story: who acted, wrote, or was named in what happened."""

from dataclasses import dataclass

from unbroken.console.tickets.choices import names
from unbroken.ground.sql import rows
from unbroken.ground.words import current_language


@dataclass(frozen=True, slots=True)
class _Named:
    actor: str
    name: str


def people_known(
    contact_id: int | None, contact: str | None, ids: dict[str, list[int]]
) -> dict[str, str]:
    """Names by actor; the database is asked only for those that nobody here knows."""
    known = names(current_language())
    if contact_id and contact:
        known = {**known, f"contact:{contact_id}": contact}
    unknown = {
        kind: [one for one in every if f"{kind[:-1]}:{one}" not in known]
        for kind, every in ids.items()
    }
    if any(unknown.values()):
        found = rows(
            _Named, "console/tickets/queries/people.sql", **unknown, language=current_language()
        )
        known = {**known, **{one.actor: one.name for one in found if one.name}}
    return dict(known)
