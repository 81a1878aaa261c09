"""Tables of what the network says. Devices' clocks lie: where it matters both times are kept.

Partitioned ones (`state/partitions.py`) are dropped by whole months or weeks when their time is
over. Resources and NASes stand here by their key in the inventory, as text: records may come
before the inventory does, and stay when it forgets.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from unbroken.ground.models import Guarded, Working


class RadiusBatch(Working):
    """Accounting records as they came, all that one commit made durable; partitioned by week.

    `arrived_since`, `arrived_until`: of a file's records, which arrived before they were taken in.
    """

    id = models.BigIntegerField(primary_key=True)
    taken_at = models.DateTimeField()
    arrived_since = models.DateTimeField(null=True)
    arrived_until = models.DateTimeField(null=True)
    count = models.IntegerField()
    entries = models.BinaryField()

    class Meta:
        db_table = "radius_batch"


class RadiusWaiting(Working):
    """A batch whose records are durable but not yet folded into sessions."""

    batch_id = models.BigIntegerField(primary_key=True)
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "radius_waiting"


class RadiusSeen(Working):
    """The natural key of a record that was taken in; partitioned by month of its own day."""

    key = models.UUIDField(primary_key=True)
    day = models.DateField()

    class Meta:
        db_table = "radius_seen"


class Session(Working):
    """A session, folded from its records in whatever order they came.

    `started_by_start`: its Start came; otherwise the start is reckoned from its session time.
    Arrivals say what was known when. `ended_by`: stop, accounting_on, accounting_off; empty while
    open. `interim`: seconds between its interims. `timeout`: Session-Timeout, where the NAS tells
    it. `line`: what the access node told about the line at its start, by attribute.
    """

    nas = models.TextField()
    session = models.TextField()
    user = models.TextField()
    circuit = models.TextField(default="")
    mac = models.TextField(default="")
    port = models.TextField(default="")
    address = models.GenericIPAddressField(null=True)
    prefix = models.TextField(default="")
    started_at = models.DateTimeField()
    started_by_start = models.BooleanField()
    start_arrived_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    heard_arrived_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_arrived_at = models.DateTimeField(null=True)
    ended_by = models.TextField(default="")
    cause = models.SmallIntegerField(null=True)
    seconds = models.BigIntegerField(null=True)
    input_octets = models.BigIntegerField(default=0)
    output_octets = models.BigIntegerField(default=0)
    interim = models.IntegerField(null=True)
    timeout = models.BigIntegerField(null=True)
    line = models.JSONField(default=dict)

    class Meta:
        db_table = "radius_session"
        indexes = [
            models.Index(fields=["nas", "session"], name="radius_session_id"),
            models.Index(fields=["user", "started_at"], name="radius_session_user"),
            models.Index(
                fields=["circuit", "started_at"],
                name="radius_session_circuit",
                condition=~Q(circuit=""),
            ),
            models.Index(
                fields=["address", "started_at"],
                name="radius_session_address",
                condition=Q(address__isnull=False),
            ),
            models.Index(
                fields=["nas", "started_at"],
                name="radius_session_unstopped",
                condition=~Q(ended_by="stop"),
            ),
        ]


class NasRestart(Working):
    """Accounting-On or Accounting-Off: every session of this NAS without a stop ended there."""

    nas = models.TextField()
    at = models.DateTimeField()
    kind = models.TextField()
    arrived_at = models.DateTimeField()

    class Meta:
        db_table = "nas_restart"
        constraints = [
            models.UniqueConstraint(fields=["nas", "at", "kind"], name="nas_restart_once")
        ]


class RadiusReply(Working):
    """What our RADIUS server answered to a login: accept (with its Session-Timeout) or reject."""

    user = models.TextField()
    at = models.DateTimeField()
    kind = models.TextField()
    nas = models.TextField(default="")
    message = models.TextField(default="")
    timeout = models.BigIntegerField(null=True)
    arrived_at = models.DateTimeField()

    class Meta:
        db_table = "radius_reply"
        constraints = [
            models.UniqueConstraint(fields=["user", "at", "kind", "nas"], name="radius_reply_once")
        ]


class AccountingPulse(Working):
    """How many records of a NAS fell into five minutes: silence of a whole NAS is seen here."""

    nas = models.TextField()
    slot = models.DateTimeField()
    records = models.IntegerField()

    class Meta:
        db_table = "accounting_pulse"
        constraints = [
            models.UniqueConstraint(fields=["nas", "slot"], name="accounting_pulse_once")
        ]


class ReadingNames(Working):
    """Names of readings that come together, so that each reading keeps values only."""

    names = ArrayField(models.TextField(), unique=True)

    class Meta:
        db_table = "reading_names"


class Observation(Working):
    """What a device told at one moment: its values, in the order of their names. By month."""

    resource = models.TextField(primary_key=True)
    at = models.DateTimeField()
    names = models.ForeignKey(ReadingNames, models.DO_NOTHING, db_constraint=False)
    values = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "observation"


class ReadingThinned(Working):
    """Of readings that are over the last of every three hours, kept for years. By month.

    `slot`: when those three hours began. `names_id`: of `reading_names`.
    """

    resource = models.TextField(primary_key=True)
    slot = models.DateTimeField()
    names_id = models.BigIntegerField()
    at = models.DateTimeField()
    values = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "reading_thinned"


class Alarm(Working):
    """An alarm was raised or cleared, by a device or about it."""

    resource = models.TextField()
    at = models.DateTimeField()
    type = models.TextField()
    state = models.TextField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "network_alarm"
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "at", "type", "state"], name="network_alarm_once"
            )
        ]


class LogLine(Working):
    """A line that a device logged. `kind`: what the catalogue made of it, empty for the rest."""

    key = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    host = models.TextField()
    resource = models.TextField(default="")
    user = models.TextField(default="")
    severity = models.SmallIntegerField(null=True)
    kind = models.TextField(default="")
    text = models.TextField()

    class Meta:
        db_table = "log_line"


class DoorCount(Working):
    """How much came to a door and what became of it. `slot` keeps processes out of their way.

    `latest_at`: when it was counted last. `pause_seconds`: the longest pause between two, lately.
    """

    door = models.TextField()
    what = models.TextField()
    slot = models.SmallIntegerField()
    count = models.BigIntegerField()
    latest_at = models.DateTimeField(null=True)
    pause_seconds = models.FloatField(null=True)

    class Meta:
        db_table = "door_count"
        constraints = [
            models.UniqueConstraint(fields=["door", "what", "slot"], name="door_count_once")
        ]


class OutsideAlarm(Working):
    """An alarm that another system raised, by the number it has there, until it is over."""

    system = models.TextField()
    ref = models.TextField()
    resource = models.TextField()
    type = models.TextField()
    raised_at = models.DateTimeField()

    class Meta:
        db_table = "outside_alarm"
        constraints = [models.UniqueConstraint(fields=["system", "ref"], name="outside_alarm_once")]


class SourceMark(Working):
    """Up to where a source that we fetch from was read, in its own order."""

    source = models.TextField(primary_key=True)
    mark = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "source_mark"


class RadacctOpen(Working):
    """A row of `radacct` elsewhere that had no stop when it was last read."""

    number = models.BigIntegerField(primary_key=True)
    heard_at = models.DateTimeField()

    class Meta:
        db_table = "radacct_open"


class ServiceTest(Working):
    """A test of one service by our own probes, in the states of TMF653. What it measured is kept.

    `asked_by`: agent or customer. `measured`: one entry for each probe (`probing/measured.py`).
    """

    service_id = models.BigIntegerField()
    ticket_id = models.BigIntegerField(null=True)
    resource = models.TextField()
    asked_by = models.TextField()
    with_trace = models.BooleanField(default=False)
    state = models.TextField(default="acknowledged")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    measured = models.JSONField(default=list)

    class Meta:
        db_table = "service_test"
        indexes = [
            models.Index(fields=["service_id", "asked_at"], name="service_test_of"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service_id"],
                condition=Q(state__in=["acknowledged", "inProgress"]),
                name="service_test_one_at_a_time",
            )
        ]


class PlannedWindow(Guarded):
    """Work that somebody gave notice of, at which resources, by key; MAINTNOTE's words.

    `key`: who sent it and its number there. `arrived_at`: when the notice was first there.
    """

    stream = "window"

    key = models.TextField(unique=True)
    provider = models.TextField(default="", blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    resources = ArrayField(models.TextField())
    impact = models.TextField()
    status = models.TextField()
    arrived_at = models.DateTimeField()

    class Meta:
        db_table = "planned_window"
        indexes = [models.Index(fields=["until", "since"], name="planned_window_span")]


class Silence(Guarded):
    """An element that fell silent with everybody below it, as the live detector found it.

    Who went and came back is told by its events. `announced`: the key of the work that explains
    it; `overran`: that work should be over. `merged_into`: it was part of that silence.
    """

    stream = "silence"

    element = models.TextField()
    cause = models.TextField()
    since = models.DateTimeField()
    detected_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    announced = models.TextField(default="", blank=True)
    overran = models.BooleanField(default=False)
    merged_into = models.BigIntegerField(null=True)

    class Meta:
        db_table = "silence"
        indexes = [
            models.Index(
                fields=["since"], name="silence_open", condition=models.Q(until__isnull=True)
            ),
            models.Index(fields=["element", "since"], name="silence_element"),
        ]


# Lines that age, links that fill up, and confirmed causes stand in files of their own.
from unbroken.evidence import models_ageing as models_ageing  # noqa: E402
from unbroken.evidence import models_filling as models_filling  # noqa: E402
from unbroken.evidence import models_outcomes as models_outcomes  # noqa: E402
