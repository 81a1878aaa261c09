"""The table of those who want the status page by mail."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from unbroken.ground.models import Working


class StatusReader(Working):
    """An address that asked for mail about the status page; nothing is sent before it is confirmed.

    `parts` are components, none for all. `told`: of what they know how much; `telling`: what a
    letter on its way says. Whoever wants no more of it is deleted.
    """

    address = models.TextField()
    language = models.TextField(default="en")
    parts = ArrayField(models.TextField(), default=list)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told = models.JSONField(default=dict)
    telling = models.JSONField(default=dict)
    told_at = models.DateTimeField(null=True)
    bounces = models.IntegerField(default=0)

    class Meta:
        db_table = "status_reader"
        constraints = [
            models.UniqueConstraint(
                fields=["address"], condition=~Q(address=""), name="status_reader_once"
            )
        ]
