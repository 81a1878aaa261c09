"""Custom fields as a customer meets them: asked in the form, shown on their request."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unbroken.conversation import fields
from unbroken.conversation import queries as record
from unbroken.conversation.fields import FieldRow, Wrong, read_value
from unbroken.conversation.queries import TopicRow
from unbroken.ground.change import Refused
from unbroken.ground.pages import answer
from unbroken.ground.words import Phrase, _, current_language, in_language

PREFIX = "field-"
YES_NO: dict[str, Phrase] = {"yes": _("Yes"), "no": _("No")}


@dataclass(frozen=True, slots=True)
class Detail:
    """One field of the form."""

    name: str
    label: str
    kind: str
    is_required: bool
    choices: tuple[tuple[str, str], ...] = ()


def rows_for(topic: TopicRow | None) -> list[FieldRow]:
    """The fields that a customer may fill in under this topic."""
    return [row for row in record.fields_for(topic.id if topic else None) if row.is_asked]


def details_of(topic: TopicRow | None) -> list[Detail]:
    """The same, ready for a form."""
    return [_detail(row) for row in rows_for(topic)]


def typed_in(data: QueryDict, rows: Iterable[FieldRow]) -> tuple[tuple[str, str], ...]:
    """What was typed into them."""
    found = ((row.key, data.get(PREFIX + row.key, "").strip()) for row in rows)
    return tuple((key, text) for key, text in found if text)


def wrong_in(data: QueryDict, rows: Iterable[FieldRow]) -> list[tuple[str, str]]:
    """What cannot be kept, or is missing: field and sentence."""
    language, found = current_language(), []
    for row in rows:
        text = data.get(PREFIX + row.key, "").strip()
        read = read_value(row, text, language=language)
        name = row.name_in(language)
        if isinstance(read, Wrong):
            why = Refused(read.key, name=name, choices=read.choices)
            found.append((PREFIX + row.key, why.in_words()))
        elif not text and row.for_customers == "must":
            found.append((PREFIX + row.key, Refused("field.missing", name=name).in_words()))
    return found


def shown_on(ticket_id: int, topic_id: int | None) -> list[tuple[str, str]]:
    """What the customer reads on a request of theirs: name and value."""
    rows = {row.id: row for row in record.fields_for(topic_id) if row.is_shown}
    if not rows:
        return []
    language, found = current_language(), []
    for held in record.field_values([ticket_id]):
        if held.field_id in rows:
            row = rows[held.field_id]
            text = fields.shown(row, held.value, held.text, language)
            if row.kind == "yes_no":
                text = in_language(YES_NO[held.value])
            found.append((row.name_in(language), text))
    return found


@never_cache
@require_safe
def part(request: HttpRequest) -> HttpResponse:
    """The fields of a topic that was chosen in the form."""
    key = request.GET.get("topic", "")
    topic = next((one for one in record.topic_tree() if one.key == key), None)
    return answer(request, "portal/_details.html", {"details": details_of(topic), "form": None})


def _detail(row: FieldRow) -> Detail:
    language = current_language()
    kinds = {"choice": "select", "yes_no": "select", "date": "date"}
    choices: list[tuple[str, str]] = []
    if row.kind == "choice":
        choices = [("", "–"), *row.choices_in(language)]
    elif row.kind == "yes_no":
        choices = [("", "–"), *((key, in_language(word)) for key, word in YES_NO.items())]
    return Detail(
        name=PREFIX + row.key,
        label=row.name_in(language),
        kind=kinds.get(row.kind, "text"),
        is_required=row.for_customers == "must",
        choices=tuple(choices),
    )
