"""What the variables of a text stand for, on one request: the same set as in canned answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from unbroken.conversation.queries import TicketFacts
from unbroken.directory import queries as directory
from unbroken.directory.ids import ContactId, CustomerId, ServiceId
from unbroken.ground import time_words
from unbroken.ground.words import supported
from unbroken.promise.queries.promises import promises_of


@dataclass(frozen=True, slots=True)
class Values:
    """What is known, in the customer's language and time zone."""

    language: str
    zone: str
    plain: Mapping[str, str]
    due_at: datetime | None

    def in_language(self, language: str) -> dict[str, str]:
        """Every variable as words of this language; what is not known is left out."""
        due = ""
        if self.due_at is not None:
            due = time_words.day_and_hour(self.due_at, zone=self.zone, language=supported(language))
        return {**self.plain, "promise": due}


def values_of(ticket: TicketFacts, agent: str, *, at: datetime) -> Values:
    """Everything a text may say about a request. `agent`: who answers, empty for the desk."""
    contact = directory.contact(ContactId(ticket.contact_id)) if ticket.contact_id else None
    customer = directory.customer(CustomerId(ticket.customer_id)) if ticket.customer_id else None
    service = directory.service(ServiceId(ticket.service_id)) if ticket.service_id else None
    what = (service.product or service.technology or service.key or "") if service else ""
    dues = [one.due for one in promises_of(ticket.id, at=at) if one.due is not None and one.is_owed]
    return Values(
        language=(contact.language if contact else "") or ticket.language,
        zone=(contact.timezone if contact else "") or "UTC",
        plain={
            "customer": (contact.name if contact else "") or (customer.name if customer else ""),
            "number": str(ticket.id),
            "subject": ticket.name,
            "service": " · ".join(part for part in (what, service.place_name) if part)
            if service
            else "",
            "agent": agent,
            "link": f"{settings.BASE_URL}/requests/{ticket.id}",
        },
        due_at=min(dues, default=None),
    )
