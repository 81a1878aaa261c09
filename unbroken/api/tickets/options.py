"""What may stand behind the question mark of the list: filters, fields, the place of a page."""

from typing import Annotated, Any, get_args

from ninja import Schema
from pydantic import ConfigDict, Field

from unbroken.api.shapes import NUMBER_MAX, When
from unbroken.api.tickets.narrowing import Narrowing
from unbroken.api.tickets.queries import FIELDS
from unbroken.conversation.states import LEVELS, PRIORITIES, STATUSES, TICKET_TYPES, WaitingFor

PAGE_MAX = 200
LIST_MAX = 500


def one_or_more(words: tuple[str, ...]) -> str:
    """The pattern for some of these words, with commas between them."""
    either = "|".join(words)
    return f"^({either})(,({either}))*$"


def _listed(*words: str) -> Any:
    return Annotated[str | None, Field(max_length=LIST_MAX, pattern=one_or_more(words))]


_Numbers = Annotated[str | None, Field(max_length=LIST_MAX, pattern="^[0-9]{1,15}(,[0-9]{1,15})*$")]
_Keys = Annotated[str | None, Field(max_length=LIST_MAX, pattern=r"^[^\x00,]+(,[^\x00,]+)*$")]
_Exactly = Annotated[str | None, Field(max_length=LIST_MAX, pattern=r"^[^\x00]+$")]
_When = When | None

_Fields = _listed(*FIELDS)
WHOLE = (*FIELDS, "promises", "chain", "happening")
"""What one ticket shows; a list of tickets leaves out the last three."""


class Options(Schema):
    """A filter on every attribute; several values with commas between them are alternatives."""

    model_config = ConfigDict(populate_by_name=True)

    number: _Numbers = None
    external_id: _Exactly = Field(None, alias="externalId")
    name: _Exactly = None
    ticket_type: _listed(*TICKET_TYPES) = Field(None, alias="ticketType")  # type: ignore[valid-type]
    status: _listed(*STATUSES) = None  # type: ignore[valid-type]
    waiting_for: _listed(*get_args(WaitingFor)) = Field(None, alias="waitingFor")  # type: ignore[valid-type]
    impact: _listed(*LEVELS) = None  # type: ignore[valid-type]
    urgency: _listed(*LEVELS) = None  # type: ignore[valid-type]
    priority: _listed(*PRIORITIES) = None  # type: ignore[valid-type]
    channel: _Keys = None
    category: _Keys = None
    tags: _Keys = None
    language: _Keys = None
    customer: _Keys = None
    customer_id: _Numbers = Field(None, alias="customerId")
    contact_id: _Numbers = Field(None, alias="contactId")
    service: _Keys = None
    service_id: _Numbers = Field(None, alias="serviceId")
    group: _Keys = None
    assignee_id: _Numbers = Field(None, alias="assigneeId")
    merged_into: _Numbers = Field(None, alias="mergedInto")
    pending_until: _When = Field(None, alias="pendingUntil")
    creation_date: _When = Field(None, alias="creationDate")
    creation_date_from: _When = Field(None, alias="creationDate.gte")
    creation_date_to: _When = Field(None, alias="creationDate.lt")
    reported_date: _When = Field(None, alias="reportedDate")
    last_update: _When = Field(None, alias="lastUpdate")
    last_update_from: _When = Field(None, alias="lastUpdate.gte")
    last_update_to: _When = Field(None, alias="lastUpdate.lt")
    resolution_date: _When = Field(None, alias="resolutionDate")
    resolution_date_from: _When = Field(None, alias="resolutionDate.gte")
    resolution_date_to: _When = Field(None, alias="resolutionDate.lt")
    closed: _When = None
    closed_from: _When = Field(None, alias="closed.gte")
    closed_to: _When = Field(None, alias="closed.lt")
    fields: _Fields = None  # type: ignore[valid-type]
    limit: int = Field(50, ge=1, le=PAGE_MAX)
    after: int | None = Field(None, ge=1, le=NUMBER_MAX)

    def narrowing(self) -> Narrowing:
        """The filters as the query wants them."""
        return Narrowing(
            numbers=_ids(self.number),
            external_ids=_one(self.external_id),
            names=_one(self.name),
            types=_texts(self.ticket_type),
            statuses=_texts(self.status),
            waiting_for=_texts(self.waiting_for),
            impacts=_texts(self.impact),
            urgencies=_texts(self.urgency),
            priorities=_texts(self.priority),
            channels=_texts(self.channel),
            languages=_texts(self.language),
            tags=_texts(self.tags),
            categories=_texts(self.category),
            customers=_texts(self.customer),
            customer_ids=_ids(self.customer_id),
            contacts=_ids(self.contact_id),
            services=_texts(self.service),
            service_ids=_ids(self.service_id),
            groups=_texts(self.group),
            assignees=_ids(self.assignee_id),
            merged_into=_ids(self.merged_into),
            pending_until=self.pending_until,
            created_at=self.creation_date,
            created_from=self.creation_date_from,
            created_to=self.creation_date_to,
            reported_at=self.reported_date,
            changed_at=self.last_update,
            changed_from=self.last_update_from,
            changed_to=self.last_update_to,
            resolved_at=self.resolution_date,
            resolved_from=self.resolution_date_from,
            resolved_to=self.resolution_date_to,
            closed_at=self.closed,
            closed_from=self.closed_from,
            closed_to=self.closed_to,
        )


class WholeOptions(Schema):
    """Which attributes of one ticket are wanted."""

    fields: _listed(*WHOLE) = None  # type: ignore[valid-type]


NAMES = tuple(field.alias or name for name, field in Options.model_fields.items())


def wanted_fields(text: str | None, every: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that are asked for; all of them when nothing is said."""
    return tuple(text.split(",")) if text else every


def _texts(text: str | None) -> tuple[str, ...] | None:
    return tuple(text.split(",")) if text else None


def _one(text: str | None) -> tuple[str, ...] | None:
    return (text,) if text else None


def _ids(text: str | None) -> tuple[int, ...] | None:
    return tuple(map(int, text.split(","))) if text else None
