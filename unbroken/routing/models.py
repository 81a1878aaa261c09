"""Tables of routing: queues, and what flows into each."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from unbroken.ground.models import Guarded, Working


class Queue(Guarded):
    """Work of one kind, and the team it goes to.

    What was found on the line of an incident comes first (`causes`, keys of the evidence room),
    then topics (with all that hangs below them), then mailboxes, then queues that are for
    some kinds of customers whatever they write about, then the default queue. `kinds` narrows all
    of that but the default. `name` is what it is called where `names` has no name in the reader's
    language. `seen_by` are teams that see what its team has, besides it. `way`, `skills`, `grants`:
    how its work is given (see `choosing`); what nobody touches in so many minutes is given anew,
    and goes to `else_team` when nobody of its own will be there soon. 0: not so.
    """

    stream: ClassVar[str] = "queue"

    key = models.TextField(unique=True)
    name = models.TextField()
    team = models.ForeignKey("staffing.Team", models.DO_NOTHING, related_name="+")
    mailboxes = ArrayField(models.TextField(), default=list)
    topics = ArrayField(models.TextField(), default=list)
    names = models.JSONField(default=dict, db_default={})
    position = models.IntegerField(default=0, db_default=0)
    kinds = ArrayField(models.TextField(), default=list, db_default=[])
    causes = ArrayField(models.TextField(), default=list, db_default=[])
    seen_by = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    is_default = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    way = models.TextField(default="pull", db_default="pull")
    skills = models.JSONField(default=dict, db_default={})
    grants = models.JSONField(default=dict, db_default={})
    untouched_minutes = models.IntegerField(default=0, db_default=0)
    else_team = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "queue"
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="queue_one_default"
            )
        ]


class Learned(Working):
    """How long requests like ours take, until the end and until news; learned anew by night."""

    what = models.TextField(primary_key=True)
    learned_at = models.DateTimeField()
    data = models.BinaryField()

    class Meta:
        db_table = "routing_learned"


class Foreseen(Working):
    """When an open request will be over, as last reckoned; of those that ended, what came of it.

    `first_half` and `first_most` are the seconds first reckoned, before trust moved them, and
    `first_curve` all that was thrown, at every twentieth: what came of it is what trust is learned
    from. `before`: so many are taken before it in its team.
    """

    ticket_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    version = models.IntegerField()
    team_id = models.BigIntegerField(null=True)
    p50_at = models.DateTimeField()
    p80_at = models.DateTimeField()
    news_p50_at = models.DateTimeField()
    news_p80_at = models.DateTimeField()
    begins_at = models.DateTimeField()
    before = models.IntegerField()
    first_at = models.DateTimeField()
    first_half = models.FloatField()
    first_most = models.FloatField()
    first_curve = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "routing_foreseen"
        indexes = [
            models.Index(fields=["-ended_at"], name="routing_foreseen_ended"),
        ]


class Turn(Working):
    """When somebody was given something last: whose turn it is where work goes round."""

    agent_id = models.BigIntegerField(primary_key=True)
    given_at = models.DateTimeField()

    class Meta:
        db_table = "routing_turn"


from unbroken.routing import models_chain as models_chain  # noqa: E402
from unbroken.routing import models_escalation as models_escalation  # noqa: E402
