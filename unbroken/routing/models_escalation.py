"""Who is on call, along which path something climbs, what climbs now, and who was paged for it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from unbroken.ground.models import Guarded, GuardedChild


class Rota(Guarded):
    """Who is called when: whoever of a team is on shift, else people in turn, else a stand-in.

    `people` take turns of `turn_days` from `since` on, changing at `change_at` on the wall of
    `timezone`. With `by_shift` whoever of `team` is on shift now comes first. `stands`: pairs of
    instants and an agent who stands in meanwhile; the latest one that holds wins.
    """

    stream: ClassVar[str] = "rota"

    key = models.TextField(unique=True)
    name = models.TextField()
    team = models.BigIntegerField(default=0)
    by_shift = models.BooleanField(default=False)
    people = ArrayField(models.BigIntegerField(), default=list)
    since = models.DateField()
    turn_days = models.IntegerField(default=7)
    change_at = models.TextField(default="09:00")
    timezone = models.TextField(default="UTC")
    stands = models.JSONField(default=list)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "rota"


class EscalationPath(Guarded):
    """Upon what it begins, and whom it pages one after the other until somebody has it.

    `begins`: by trigger, its own settings. `teams` and `priorities` narrow it; empty: all.
    `steps`: after how many minutes, to whom, by which ways, how often and every how many minutes.
    `rounds`: how often all of it is gone through. `one_tap`: the link of a page is enough to say
    "I have it"; else they sign in first. `hook`: where pages by `hook` are posted, signed with
    `hook_secret`, which is sealed.
    """

    stream: ClassVar[str] = "escalation_path"

    key = models.TextField(unique=True)
    name = models.TextField()
    begins = models.JSONField(default=dict)
    teams = ArrayField(models.BigIntegerField(), default=list)
    priorities = ArrayField(models.TextField(), default=list)
    steps = models.JSONField(default=list)
    rounds = models.IntegerField(default=1)
    one_tap = models.BooleanField(default=True)
    hook = models.TextField(default="")
    hook_secret = models.TextField(default="")
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "escalation_path"


class Escalation(Guarded):
    """Something climbs a path: `cause` names what began it, so that it begins once.

    `state`: open, acknowledged, over (what began it is over), unheard (the path is at its end and
    nobody answered). `step`, `times` and `round`: whom the next page goes to, at `next_at`.
    """

    stream: ClassVar[str] = "escalation"

    path = models.ForeignKey(EscalationPath, models.DO_NOTHING, related_name="+")
    cause = models.TextField()
    why = models.TextField()
    ticket = models.ForeignKey(
        "conversation.TroubleTicket", models.DO_NOTHING, null=True, related_name="+"
    )
    problem = models.BigIntegerField(null=True)
    begun_at = models.DateTimeField()
    step = models.IntegerField(default=0)
    times = models.IntegerField(default=0)
    round = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    state = models.TextField(default="open")
    by_agent = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "escalation"
        constraints = [models.UniqueConstraint(fields=["path", "cause"], name="escalation_once")]
        indexes = [
            models.Index(fields=["next_at"], name="escalation_due", condition=Q(state="open")),
            models.Index(fields=["problem"], name="escalation_problem"),
        ]


class Page(GuardedChild):
    """Somebody was called, by which ways; `acknowledged_at`: they said that they have it."""

    ids_in_order = True

    escalation = models.ForeignKey(Escalation, models.DO_NOTHING, related_name="pages")
    agent = models.BigIntegerField()
    step = models.IntegerField()
    round = models.IntegerField()
    ways = ArrayField(models.TextField(), default=list)
    at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "escalation_page"
        indexes = [models.Index(fields=["agent", "-at"], name="escalation_page_agent")]
