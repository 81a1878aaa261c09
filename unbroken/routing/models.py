"""Tables of routing: queues, and what flows into each."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from unbroken.ground.models import Guarded


class Queue(Guarded):
    """Work of one kind, and the team it goes to.

    Topics come first (with all that hangs below them), then mailboxes, then the default queue.
    """

    stream: ClassVar[str] = "queue"

    key = models.TextField(unique=True)
    name = models.TextField()
    team = models.ForeignKey("staffing.Team", models.DO_NOTHING, related_name="+")
    mailboxes = ArrayField(models.TextField(), default=list)
    topics = ArrayField(models.TextField(), default=list)
    is_default = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "queue"
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="queue_one_default"
            )
        ]
