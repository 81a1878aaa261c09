"""Tables of promises: agreements and their objectives, misses; and the clocks, a projection."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value

from unbroken.ground.models import Guarded, GuardedChild, Working


class Agreement(Guarded):
    """What a customer was promised, under the key that services name; on which calendar."""

    stream: ClassVar[str] = "agreement"

    key = models.TextField(unique=True)
    name = models.TextField()
    calendar = models.TextField()
    is_default = models.BooleanField(default=False)

    class Meta:
        db_table = "agreement"
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="agreement_one_default"
            )
        ]


class Objective(GuardedChild):
    """A measure's target within an agreement: seconds by priority, empty when given up.

    `ticket_type` is empty for every type without an objective of its own, `topic` for every
    topic without one.
    """

    agreement = models.ForeignKey(Agreement, models.DO_NOTHING, related_name="objectives")
    measure = models.TextField()
    ticket_type = models.TextField(default="")
    topic = models.TextField(default="", db_default="")
    seconds = models.JSONField(default=dict)
    warning_share = models.FloatField(default=0.75)

    class Meta:
        db_table = "objective"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "measure", "ticket_type", "topic"], name="objective_once"
            )
        ]


class PeriodObjective(Guarded):
    """What is promised over a month, not for one request: a share within a time, or availability.

    `measure` is a measure's key or "availability"; `percent` of them take `seconds` at most, or
    the time that was promised to each where it is empty. Given up it is `is_on = False`.
    """

    stream: ClassVar[str] = "period_objective"

    agreement = models.TextField()
    measure = models.TextField()
    percent = models.DecimalField(max_digits=6, decimal_places=3)
    seconds = models.BigIntegerField(null=True)
    is_on = models.BooleanField(default=True)

    class Meta:
        db_table = "period_objective"


class InternalTarget(Guarded):
    """What a team of ours, or a partner, owes within the house: seconds by priority of each leg.

    Empty when given up. Customers never see it.
    """

    stream: ClassVar[str] = "internal_target"

    whose = models.TextField()
    whose_id = models.BigIntegerField()
    calendar = models.TextField()
    seconds = models.JSONField(default=dict)
    warning_share = models.FloatField(default=0.75)

    class Meta:
        db_table = "internal_target"
        constraints = [
            models.UniqueConstraint(fields=["whose", "whose_id"], name="internal_target_once")
        ]


class Violation(Guarded):
    """A promise that was missed. One row for each, whatever happens afterwards.

    `cause` is the event that began the promise, so that counting again finds the same row.
    `excuse`: why nothing is owed for it (the customer's fault, force majeure); `evidence` is the
    message or note of the ticket that shows it.
    """

    stream: ClassVar[str] = "violation"

    ticket = models.ForeignKey("conversation.TroubleTicket", models.DO_NOTHING, related_name="+")
    measure = models.TextField()
    agreement = models.TextField()
    priority = models.TextField()
    cause = models.BigIntegerField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    excuse = models.TextField(default="", db_default="")
    evidence = models.BigIntegerField(null=True)

    class Meta:
        db_table = "violation"
        constraints = [models.UniqueConstraint(fields=["measure", "cause"], name="violation_once")]


class Follows(Guarded):
    """What follows from missing a measure of an agreement, between two days.

    `settings` are those that the file of its kind knows. Given up it is `is_on = False`.
    """

    stream: ClassVar[str] = "consequence"

    agreement = models.TextField()
    measure = models.TextField()
    kind = models.TextField()
    settings = models.JSONField(default=dict)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    source = models.TextField(default="")
    mark = models.TextField(default="")
    is_on = models.BooleanField(default=True)

    class Meta:
        db_table = "consequence"
        indexes = [models.Index(fields=["agreement", "measure"], name="consequence_of")]


class Credit(Guarded):
    """Money that a missed promise owes a customer: booked once for each step of each rule.

    One that an agent gave by hand follows from no miss and no rule; its step is 0.
    `state`: waits (for somebody who may approve), booked, refused, reversed.
    """

    stream: ClassVar[str] = "credit"

    violation = models.ForeignKey(Violation, models.DO_NOTHING, null=True, related_name="credits")
    rule = models.ForeignKey(Follows, models.DO_NOTHING, null=True, related_name="credits")
    step = models.IntegerField()
    ticket_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    service_id = models.BigIntegerField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.TextField()
    state = models.TextField()
    booked_at = models.DateTimeField()
    reason_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "credit"
        constraints = [
            models.UniqueConstraint(fields=["violation", "rule", "step"], name="credit_once")
        ]
        indexes = [
            models.Index(fields=["booked_at", "id"], name="credit_by_time"),
            models.Index(fields=["ticket_id"], name="credit_of_ticket"),
        ]


class CostSheet(Guarded):
    """What service costs us, as prices are reckoned with it. One row; its stream is the history."""

    stream: ClassVar[str] = "costs"

    values = models.JSONField(default=dict)
    currency = models.TextField(default="EUR")

    class Meta:
        db_table = "cost_sheet"


class Mix(Guarded):
    """A named setting of all sliders, to begin from: Rock, Pop, Classic. Given up: not `is_on`."""

    stream: ClassVar[str] = "mix"

    key = models.TextField(unique=True)
    name = models.TextField()
    sliders = models.JSONField(default=dict)
    place = models.IntegerField(default=100)
    is_on = models.BooleanField(default=True)

    class Meta:
        db_table = "mix"


class Sale(Guarded):
    """The price at which an agreement was sold, with the sum behind it; one row an agreement.

    A new price of the same agreement is a new version; the events keep the earlier ones.
    """

    stream: ClassVar[str] = "sale"

    agreement = models.TextField(unique=True)
    agreement_version = models.IntegerField()
    customer_id = models.BigIntegerField(null=True)
    sliders = models.JSONField(default=dict)
    sums = models.JSONField(default=dict)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.TextField()
    costs_version = models.IntegerField()
    edition = models.IntegerField()
    sold_at = models.DateTimeField()

    class Meta:
        db_table = "sale"
        indexes = [models.Index(fields=["customer_id"], name="sale_of_customer")]


class CreditTold(Working):
    """Whether billing knows of a credit in a state (booked, reversed), or why it does not."""

    credit_id = models.BigIntegerField()
    state = models.TextField()
    told_at = models.DateTimeField(null=True)
    problem = models.TextField(default="")

    class Meta:
        db_table = "credit_told"
        constraints = [
            models.UniqueConstraint(fields=["credit_id", "state"], name="credit_told_once")
        ]


class Clock(Working):
    """A promise's clock as it stood when last counted: a projection, never a source.

    `pauses` are its last ones, to be drawn: since, until (null: goes on), whose time it is.
    """

    ticket_id = models.BigIntegerField()
    measure = models.TextField()
    agreement = models.TextField()
    cause = models.BigIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    paused_since = models.DateTimeField(null=True)
    state = models.TextField()
    target_seconds = models.BigIntegerField()
    used_seconds = models.FloatField()
    warned = models.BooleanField()
    pauses = models.JSONField(default=list, db_default=Value([], models.JSONField()))

    class Meta:
        db_table = "promise_clock"
        constraints = [
            models.UniqueConstraint(fields=["ticket_id", "measure"], name="promise_clock_once")
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="promise_clock_owed",
                condition=Q(ended_at__isnull=True, due_at__isnull=False),
            )
        ]


class LegClock(Working):
    """How long a team or a partner had a request, against its target: a projection."""

    ticket_id = models.BigIntegerField()
    whose = models.TextField()
    whose_id = models.BigIntegerField()
    cause = models.BigIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    target_seconds = models.BigIntegerField()
    used_seconds = models.FloatField()

    class Meta:
        db_table = "leg_clock"
        constraints = [
            models.UniqueConstraint(fields=["ticket_id", "whose", "cause"], name="leg_clock_once")
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="leg_clock_owed",
                condition=Q(ended_at__isnull=True, due_at__isnull=False),
            )
        ]


class ClockCheck(Working):
    """One nightly comparison of the clocks with the record: how far it came, what it found."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reached = models.BigIntegerField(default=0)
    looked_at = models.IntegerField(default=0)
    differed = models.IntegerField(default=0)
    tickets = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        db_table = "clock_check"


class NextPromise(Working):
    """An open ticket's most urgent promise, and when to look at its clocks again.

    One row per open ticket, also for those without a running promise (`due_at` empty).
    `edition` tells under which terms it was counted; 0 asks for a recount.
    """

    ticket_id = models.BigIntegerField(primary_key=True)
    measure = models.TextField()
    due_at = models.DateTimeField(null=True)
    is_warned = models.BooleanField()
    agreement = models.TextField()
    service_id = models.BigIntegerField(null=True)
    edition = models.BigIntegerField()
    next_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "next_promise"
        indexes = [
            models.Index(fields=["due_at", "ticket_id"], name="next_promise_due"),
            models.Index(
                fields=["next_at"], name="next_promise_ring", condition=Q(next_at__isnull=False)
            ),
            models.Index(
                fields=["service_id"],
                name="next_promise_service",
                condition=Q(service_id__isnull=False),
            ),
        ]
