"""Tables of routines. What each does is one definition, read by the pure modules."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from unbroken.ground.models import Guarded, Working


class Macro(Guarded):
    """Steps that an agent does with one key: for whom, when offered, what it does, what then."""

    stream: ClassVar[str] = "macro"

    name = models.TextField()
    definition = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "macro"


class Rule(Guarded):
    """What the desk does by itself, in the order of `position`. It acts from `from_at` on.

    Of time-based ones counts when the time has come: what came before `from_at` stays as it is.
    """

    stream: ClassVar[str] = "rule"

    name = models.TextField()
    definition = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=False)
    from_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "rule"


class RuleFiring(Working):
    """A rule acted on a ticket, or was kept from it: when, why, with which result.

    `chain` are the rules that led to it, itself the last; `first_version` to `last_version` is
    what it did, by which the events that it caused are known. `outcome` is "done", "refused",
    "failed" (a fault of ours), or a key of the guard. The ticket's own record tells of it too.
    """

    id = models.BigAutoField(primary_key=True)
    rule = models.ForeignKey(Rule, models.DO_NOTHING, related_name="+")
    ticket = models.ForeignKey("conversation.TroubleTicket", models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()
    cause_id = models.BigIntegerField(null=True)
    base_at = models.DateTimeField(null=True)
    outcome = models.TextField()
    why = models.JSONField(default=dict)
    chain = ArrayField(models.BigIntegerField(), default=list)
    first_version = models.IntegerField(default=0)
    last_version = models.IntegerField(default=0)

    class Meta:
        db_table = "rule_firing"
        indexes = [
            models.Index(fields=["rule", "-at"], name="rule_firing_rule"),
            models.Index(fields=["ticket", "-at"], name="rule_firing_ticket"),
        ]


class RuleWait(Working):
    """When a time-based rule will look at a ticket next; `attempts`: how often that failed."""

    id = models.BigAutoField(primary_key=True)
    rule = models.ForeignKey(Rule, models.DO_NOTHING, related_name="+")
    ticket = models.ForeignKey("conversation.TroubleTicket", models.DO_NOTHING, related_name="+")
    due_at = models.DateTimeField(db_index=True)
    attempts = models.IntegerField(default=0, db_default=0)

    class Meta:
        db_table = "rule_wait"
        constraints = [models.UniqueConstraint(fields=["ticket", "rule"], name="rule_wait_once")]


class RuleSeed(Working):
    """How far the open tickets were gone through for a time-based rule, as it stands now."""

    rule = models.OneToOneField(Rule, models.DO_NOTHING, related_name="+")
    rule_version = models.IntegerField(default=0)
    after = models.BigIntegerField(null=True)

    class Meta:
        db_table = "rule_seed"


class Recurrence(Guarded):
    """A ticket that is made again and again; `next_at` is when it will be made, None: never.

    However long the desk stood still, one is made for all that were missed.
    """

    stream: ClassVar[str] = "recurrence"

    name = models.TextField()
    definition = models.JSONField(default=dict)
    active = models.BooleanField(default=True)
    next_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "recurrence"
        indexes = [
            models.Index(
                fields=["next_at"],
                name="recurrence_next",
                condition=models.Q(active=True, next_at__isnull=False),
            )
        ]
