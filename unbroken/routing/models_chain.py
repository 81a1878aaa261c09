"""The chain of work on a request: its legs, and the plans that topics lay down for them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from unbroken.ground.models import Guarded, GuardedChild


class Chain(Guarded):
    """The work on one request, leg after leg. There is none before the first hand-over or plan."""

    stream: ClassVar[str] = "chain"

    ticket = models.OneToOneField("conversation.TroubleTicket", models.DO_NOTHING, related_name="+")

    class Meta:
        db_table = "chain"


class Leg(GuardedChild):
    """One stretch of the work: who has it, what they were asked, what they found, by when.

    `kind`: work (the request itself is with them), side (a third party was asked), child (another
    team works beside, on a request of its own), approval (somebody has to agree).
    `state`: planned, given, working, asked (they asked back), and once it is over done, returned,
    moved (somebody else got it without a word) or dropped.
    `needed_id`, `done_id`, `asked_id` and `answered_id` are words; `language` is that of `needed`,
    `done_language` that of `done`. `facts` are pairs of a key and a value. `after` are the legs
    that have to be over before a planned one begins. `names` and `says` come from the plan: what
    it is called among ourselves, and for the customer.
    """

    ids_in_order = True

    chain = models.ForeignKey(Chain, models.DO_NOTHING, related_name="legs")
    position = models.IntegerField()
    kind = models.TextField(default="work")
    state = models.TextField(default="planned")
    team = models.ForeignKey("staffing.Team", models.DO_NOTHING, null=True, related_name="+")
    agent = models.ForeignKey("staffing.Agent", models.DO_NOTHING, null=True, related_name="+")
    names = models.JSONField(default=dict)
    says = models.JSONField(default=dict)
    needed_id = models.BigIntegerField(null=True)
    language = models.TextField(default="")
    facts = models.JSONField(default=list)
    due_at = models.DateTimeField(null=True)
    minutes = models.IntegerField(null=True)
    given_at = models.DateTimeField(null=True)
    given_by = models.BigIntegerField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    done_id = models.BigIntegerField(null=True)
    done_language = models.TextField(default="")
    evidence = models.JSONField(default=list)
    asked_id = models.BigIntegerField(null=True)
    answered_id = models.BigIntegerField(null=True)
    done = models.IntegerField(null=True)
    of = models.IntegerField(null=True)
    unit = models.TextField(default="")
    after = ArrayField(models.BigIntegerField(), default=list)
    beside_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "chain_leg"
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="chain_leg_once")]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="chain_leg_owed",
                condition=models.Q(ended_at__isnull=True, due_at__isnull=False),
            )
        ]


class Plan(Guarded):
    """The legs that a request about this topic usually takes.

    `steps`: name and words for the customer by language, team, minutes, after which of the steps
    before (by position from 0; without any: after the one before), and whether it runs beside.
    """

    stream: ClassVar[str] = "chain_plan"

    topic = models.TextField(unique=True)
    steps = models.JSONField(default=list)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "chain_plan"
