"""Tables of problems: what failed, whom it took along, and what stands in for it meanwhile."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from unbroken.ground.models import Guarded, GuardedChild


class ServiceProblem(Guarded):
    """One cause from which many services suffer. Its states are spelled as TM Forum does.

    `element` is the key of a resource. `origin`: silence (our detector), alarm (another system), or
    agent. `since` is when it began, `detected_at` when we knew, `until` when service was back.
    `cause` is a key of a diagnosis, a guess until `is_confirmed`. `announced`: the key of the
    notified work it belongs to. `left_at`: those not back long enough after the end
    were left to themselves then. Requests that belong to it are joined to it, and are not counted
    here: thousands of them lock nothing.
    """

    stream: ClassVar[str] = "problem"

    element = models.TextField()
    origin = models.TextField()
    state = models.TextField()
    cause = models.TextField(default="", blank=True)
    is_confirmed = models.BooleanField(default=False)
    severity = models.TextField()
    since = models.DateTimeField()
    detected_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    announced = models.TextField(default="", blank=True)
    finding_id = models.BigIntegerField(null=True)
    merged_into = models.BigIntegerField(null=True)
    next_news_at = models.DateTimeField(null=True)
    news_at = models.DateTimeField(null=True)
    news_id = models.BigIntegerField(null=True)
    step = models.TextField(default="", blank=True)
    step_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    partner = models.ForeignKey(
        "directory.Partner", models.DO_NOTHING, null=True, related_name="+", db_index=False
    )
    partner_ticket = models.TextField(default="", blank=True)
    workaround_id = models.BigIntegerField(null=True)
    root_cause_id = models.BigIntegerField(null=True)
    lesson_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "service_problem"
        indexes = [
            models.Index(
                fields=["since"], name="service_problem_open", condition=Q(closed_at__isnull=True)
            ),
            models.Index(fields=["element", "since"], name="service_problem_element"),
            models.Index(fields=["-since"], name="service_problem_since"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["finding_id"], name="service_problem_once"),
        ]


class AffectedService(GuardedChild):
    """A service that a problem took along, from when to when; again, if it comes and goes."""

    problem = models.ForeignKey(
        ServiceProblem, models.DO_NOTHING, related_name="affected", db_index=False
    )
    service = models.ForeignKey(
        "directory.Service", models.DO_NOTHING, related_name="+", db_index=False
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "affected_service"
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "service"],
                condition=Q(until__isnull=True),
                name="affected_service_once",
            )
        ]
        indexes = [
            models.Index(fields=["problem", "service"], name="affected_service_problem"),
            models.Index(fields=["service", "-since"], name="affected_service_service"),
        ]


class Backup(GuardedChild):
    """What a customer works with meanwhile: a failover, a mobile router on loan. Ends; is kept.

    State: asked, sent, inUse, returned, refused.
    """

    problem = models.ForeignKey(
        ServiceProblem, models.DO_NOTHING, related_name="backups", db_index=False
    )
    service = models.ForeignKey(
        "directory.Service", models.DO_NOTHING, related_name="+", db_index=False
    )
    kind = models.TextField()
    state = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "problem_backup"
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "service", "kind"], name="problem_backup_once"
            )
        ]


class PlannedWork(Guarded):
    """Work of our own on the network, from a draft to its end.

    State: draft, proposed, announced, inWork, done, calledOff. `resources` are keys of the
    inventory. `author` and `approver` are actors; `services` how many it was to touch when it was
    proposed. `despite`: the conflicts that were known and accepted. `overran_at`: its time was
    over and it was not done.
    """

    stream: ClassVar[str] = "plan"

    name = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    resources = ArrayField(models.TextField(), default=list)
    impact = models.TextField()
    state = models.TextField()
    author = models.TextField()
    approver = models.TextField(default="", blank=True)
    services = models.IntegerField(default=0)
    despite = ArrayField(models.TextField(), default=list)
    announced_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    overran_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "planned_work"
        indexes = [models.Index(fields=["until", "since"], name="planned_work_span")]


class FreezeDays(Guarded):
    """Days on which nobody works on the network, both included. Given up it is `is_on = False`."""

    stream: ClassVar[str] = "freeze"

    name = models.TextField()
    first = models.DateField()
    last = models.DateField()
    is_on = models.BooleanField(default=True)

    class Meta:
        db_table = "freeze_days"


class NoticePeriod(Guarded):
    """How long before work on their service those under an agreement are told, in hours.

    `agreement` is empty for all whose agreement has none of its own.
    """

    stream: ClassVar[str] = "notice_period"

    agreement = models.TextField(unique=True)
    hours = models.IntegerField()

    class Meta:
        db_table = "notice_period"
