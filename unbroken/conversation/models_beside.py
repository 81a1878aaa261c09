"""Tables of what stands beside the conversation: who watches, what is left to do, what it took.

Custom fields too: a field belongs to a topic and all below it; a value is a row with a column
for each kind, so that it is found by an index.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from unbroken.ground.models import Guarded, GuardedChild, Working


class Watcher(GuardedChild):
    """An agent who wants to hear what becomes of a ticket; left, never deleted."""

    ticket = models.ForeignKey(
        "conversation.TroubleTicket", models.DO_NOTHING, related_name="watchers"
    )
    agent = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+", db_index=False)
    left_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watcher"
        constraints = [models.UniqueConstraint(fields=["ticket", "agent"], name="watcher_once")]
        indexes = [
            models.Index(
                fields=["agent", "ticket"],
                name="watcher_agent",
                condition=Q(left_at__isnull=True),
            )
        ]


class TimeSpent(GuardedChild):
    """How long an agent worked on a ticket, and on what; `minutes` 0 takes it back."""

    ticket = models.ForeignKey(
        "conversation.TroubleTicket", models.DO_NOTHING, related_name="time_spent"
    )
    agent = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+", db_index=False)
    minutes = models.IntegerField()
    words_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "time_spent"
        indexes = [models.Index(fields=["agent", "at"], name="time_spent_agent")]


class ChecklistItem(GuardedChild):
    """One thing to be done on a ticket, by whom it was ticked and when."""

    ids_in_order: ClassVar[bool] = True

    ticket = models.ForeignKey(
        "conversation.TroubleTicket", models.DO_NOTHING, related_name="checklist"
    )
    text = models.TextField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        "staffing.Agent", models.DO_NOTHING, null=True, related_name="+", db_index=False
    )
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "checklist_item"


class Checklist(Guarded):
    """A list of things to do under a topic, by language, to be put on a ticket with one click."""

    stream: ClassVar[str] = "checklist"

    topic = models.ForeignKey("conversation.Topic", models.DO_NOTHING, related_name="+")
    names = models.JSONField(default=dict)
    items = models.JSONField(default=dict)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "checklist"


class CustomField(Guarded):
    """A question about requests of a topic and all topics below it.

    Kind: text, number, choice, date, yes_no. `choices`: key and names by language, in order.
    """

    stream: ClassVar[str] = "field"

    key = models.TextField(unique=True)
    topic = models.ForeignKey("conversation.Topic", models.DO_NOTHING, related_name="+")
    kind = models.TextField()
    names = models.JSONField(default=dict)
    choices = models.JSONField(default=list)
    position = models.IntegerField(default=0)
    for_agents = models.TextField(default="may")
    for_customers = models.TextField(default="hidden")
    at_closing = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "custom_field"


class FieldValue(GuardedChild):
    """What a ticket's field holds. `value` is how it is looked for: lower case, 2026-05-24, yes."""

    ticket = models.ForeignKey(
        "conversation.TroubleTicket", models.DO_NOTHING, related_name="field_values"
    )
    field = models.ForeignKey(CustomField, models.DO_NOTHING, related_name="values", db_index=False)
    value = models.TextField()
    text = models.TextField(default="")
    number = models.DecimalField(null=True, max_digits=20, decimal_places=6)
    day = models.DateField(null=True)
    whose = models.TextField()

    class Meta:
        db_table = "field_value"
        constraints = [models.UniqueConstraint(fields=["ticket", "field"], name="field_value_once")]
        indexes = [
            models.Index(fields=["field", "value"], name="field_value_is"),
            models.Index(
                fields=["field", "number"],
                name="field_value_number",
                condition=Q(number__isnull=False),
            ),
            models.Index(
                fields=["field", "day"], name="field_value_day", condition=Q(day__isnull=False)
            ),
        ]


class SideConversation(GuardedChild):
    """A talk beside the customer's: mails with a third party, or a ticket of another team."""

    ids_in_order: ClassVar[bool] = True

    ticket = models.ForeignKey(
        "conversation.TroubleTicket", models.DO_NOTHING, related_name="sides"
    )
    child = models.ForeignKey(
        "conversation.TroubleTicket", models.DO_NOTHING, null=True, related_name="+"
    )
    subject = models.TextField(default="")
    to = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "side_conversation"


class Highlight(Working):
    """A passage of a message that an agent marked for their colleagues.

    `start` and `end` count characters of the message's plain words. `quoted` is how the passage
    began: a mark whose passage no longer begins so is not shown, nor one whose words were erased.
    """

    message = models.ForeignKey("conversation.Message", models.DO_NOTHING, related_name="+")
    agent = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+", db_index=False)
    start = models.IntegerField()
    end = models.IntegerField()
    colour = models.TextField(default="yellow")
    quoted = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "highlight"
        constraints = [
            models.UniqueConstraint(
                fields=["message", "start", "end", "colour"], name="highlight_once"
            )
        ]


class TicketProblem(GuardedChild):
    """A request belongs to a problem, one at a time; ended, never deleted.

    The problem is a number of the room above: it counts its requests here and owns no row of them.
    """

    ticket = models.ForeignKey(
        "conversation.TroubleTicket", models.DO_NOTHING, related_name="problems", db_index=False
    )
    problem = models.BigIntegerField()
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ticket_problem"
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(ended_at__isnull=True), name="ticket_problem_one"
            )
        ]
        indexes = [
            models.Index(fields=["ticket", "problem"], name="ticket_problem_ticket"),
            models.Index(
                fields=["problem", "ticket"],
                name="ticket_problem_joined",
                condition=Q(ended_at__isnull=True),
            ),
        ]
