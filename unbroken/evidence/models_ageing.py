"""Tables of the weekly lists of lines that will soon fail. Made from records, and made again."""

from django.db import models

from unbroken.ground.models import Working


class AgeingList(Working):
    """One Monday's list. `looked_at` lines were known well enough to be judged, of `lines`.

    `is_backcast`: made afterwards, from what had been recorded before that Monday. `failed`: lines
    that began to fail in the week before it, `foreseen`: those of them that an earlier list named.
    """

    monday = models.DateField(unique=True)
    made_at = models.DateTimeField()
    is_backcast = models.BooleanField(default=False)
    lines = models.IntegerField(default=0)
    looked_at = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    foreseen = models.IntegerField(default=0)

    class Meta:
        db_table = "ageing_list"


class AgeingLine(Working):
    """A line on a list: why, how likely it fails within four weeks, and what became of it.

    `owner`: whose the line is, by the inventory ("us" or a partner's key). `became`: open, failed,
    mended, held, unknown. `reports`: requests about it from then until two weeks after it failed.
    `ticket_id`: the request somebody made of it.
    """

    list = models.ForeignKey(AgeingList, models.DO_NOTHING, related_name="+", db_index=False)
    service_id = models.BigIntegerField()
    service = models.TextField()
    resource = models.TextField()
    element = models.TextField(default="")
    place = models.TextField(default="")
    owner = models.TextField(default="us")
    chance = models.FloatField()
    signs = models.JSONField()
    became = models.TextField(default="open")
    became_on = models.DateField(null=True)
    reports = models.IntegerField(default=0)
    ticket_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "ageing_line"
        constraints = [
            models.UniqueConstraint(fields=["list", "service_id"], name="ageing_line_once")
        ]
        indexes = [
            models.Index(fields=["service_id"], name="ageing_line_service"),
            models.Index(fields=["ticket_id"], name="ageing_line_ticket",
                         condition=models.Q(ticket_id__isnull=False)),
        ]  # fmt: skip


class AgeingMail(Working):
    """Who wants the list by mail each week, and which one went last."""

    agent_id = models.BigIntegerField(primary_key=True)
    last_monday = models.DateField(null=True)

    class Meta:
        db_table = "ageing_mail"
