"""Tables of calendars: working hours, and the sets of holidays they share."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from unbroken.ground.models import Guarded


class HolidaySet(Guarded):
    """Days off under one name, for many calendars: those of a country or region, or one's own.

    Where a country is named, the days come from what is known of it, anew every year.
    """

    stream: ClassVar[str] = "holiday_set"

    key = models.TextField(unique=True)
    name = models.TextField()
    dates = ArrayField(models.TextField(), default=list)
    country = models.TextField(default="", db_default="")
    region = models.TextField(default="", db_default="")

    class Meta:
        db_table = "holiday_set"


class WorkingCalendar(Guarded):
    """When people work; `definition` is the JSON form that `definition.read` understands."""

    stream: ClassVar[str] = "calendar"

    key = models.TextField(unique=True)
    name = models.TextField()
    definition = models.JSONField()
    holiday_sets = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "working_calendar"
