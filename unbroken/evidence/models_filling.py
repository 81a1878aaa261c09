"""Tables of links that fill up: their busy hours, the weekly lists. Made from records."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from unbroken.ground.models import Working


class LinkWeek(Working):
    """How full a link was in the busiest hour of each day of a week, Monday to Sunday.

    `link`: a resource's key; `service_id`: whose alone it is, none for what is shared. `kbit`: what
    it could carry that week. A day of which too little is known is null.
    """

    link = models.TextField()
    service_id = models.BigIntegerField(null=True)
    monday = models.DateField()
    kbit = models.BigIntegerField()
    shares = ArrayField(models.FloatField(null=True), size=7)

    class Meta:
        db_table = "link_week"
        constraints = [models.UniqueConstraint(fields=["link", "monday"], name="link_week_once")]
        indexes = [models.Index(fields=["monday"], name="link_week_monday")]


class FillingList(Working):
    """One Monday's forecasts: of `links` so many were known well enough (`looked_at`).

    `calm`: of those, links that are not full within a year, as far as can be said. `is_backcast`:
    made afterwards, from what had been recorded before that Monday.
    """

    monday = models.DateField(unique=True)
    made_at = models.DateTimeField()
    is_backcast = models.BooleanField(default=False)
    links = models.IntegerField(default=0)
    looked_at = models.IntegerField(default=0)
    calm = models.IntegerField(default=0)

    class Meta:
        db_table = "filling_list"


class FillingLink(Working):
    """A link on a list: when it will be full, and what became of it (`filling/becoming.py`).

    Days are counted from the list's Monday; `weeks` and `fan` are for its picture. `ticket_id`: the
    offer to its customer, or the request to the planners.
    """

    list = models.ForeignKey(FillingList, models.DO_NOTHING, related_name="+", db_index=False)
    link = models.TextField()
    service_id = models.BigIntegerField(null=True)
    services = models.IntegerField(default=1)
    kbit = models.BigIntegerField()
    level = models.FloatField()
    a_week = models.FloatField()
    is_full = models.BooleanField(default=False)
    soonest = models.IntegerField(null=True)
    likely = models.IntegerField(null=True)
    latest = models.IntegerField(null=True)
    quarter = models.FloatField()
    weeks = models.JSONField()
    fan = models.JSONField()
    became = models.TextField(default="open")
    became_on = models.DateField(null=True)
    ticket_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "filling_link"
        constraints = [models.UniqueConstraint(fields=["list", "link"], name="filling_link_once")]
        indexes = [
            models.Index(fields=["link"], name="filling_link_link"),
            models.Index(fields=["service_id"], name="filling_link_service",
                         condition=models.Q(service_id__isnull=False)),
        ]  # fmt: skip


class FillingPlanners(Working):
    """To which team links that fill up go by themselves; without a row they wait for a click."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    team_id = models.BigIntegerField()

    class Meta:
        db_table = "filling_planners"
