"""A complaint: whose it is, about whom it is, what was done about it, and the customer's word."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from unbroken.ground.models import Guarded


class Complaint(Guarded):
    """What is owed to somebody who complained, beside the request that their words became.

    `owner` answers for it by name. `barred` are agents it is about, or who worked on what it is
    about: they end nothing here. `steps` are those that were taken: by whom and when, by key.
    `word` is the customer's, at the end: yes, no, or nothing yet. `lesson_id`: what we learned.
    """

    stream: ClassVar[str] = "complaint"

    ticket = models.OneToOneField("conversation.TroubleTicket", models.DO_NOTHING, related_name="+")
    owner = models.ForeignKey("staffing.Agent", models.DO_NOTHING, null=True, related_name="+")
    barred = ArrayField(models.BigIntegerField(), default=list)
    steps = models.JSONField(default=dict)
    word = models.TextField(default="")
    word_at = models.DateTimeField(null=True)
    lesson_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "complaint"
