"""Tables of routing: queues, and what flows into each."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from unbroken.ground.models import Guarded, Working


class Queue(Guarded):
    """Work of one kind, and the team it goes to.

    Topics come first (with all that hangs below them), then mailboxes, then queues that are for
    some kinds of customers whatever they write about, then the default queue. `kinds` narrows all
    of that but the default. `name` is what it is called where `names` has no name in the reader's
    language. `seen_by` are teams that see what its team has, besides it.
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
    seen_by = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    is_default = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

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
