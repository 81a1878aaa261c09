"""Tables of the ground: the event log, letters, words, blobs; and what guarded rows share."""

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class Guarded(models.Model):
    """A row that changes only through `ground.change`, one event per change.

    `stream` names its stream in the log: row 7 with stream "ticket" is `ticket:7`.
    `heavy` columns are left in the table when a row is changed.
    """

    stream: ClassVar[str]
    heavy: ClassVar[tuple[str, ...]] = ()

    id = models.BigAutoField(primary_key=True)
    version = models.IntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True


class GuardedChild(models.Model):
    """A row that belongs to a guarded one: it carries the event that last wrote it.

    `ids_in_order` costs a question to the database for each new row; without it ids grow
    within a process only.
    """

    ids_in_order: ClassVar[bool] = False

    id = models.BigAutoField(primary_key=True)
    stream = models.TextField()
    version = models.IntegerField()

    class Meta:
        abstract = True


class Working(models.Model):
    """Working state: no guard, no event; nothing may build a promise on it."""

    class Meta:
        abstract = True


class EventRow(models.Model):
    """The log. Never updated, never deleted: a trigger refuses both."""

    id = models.BigAutoField(primary_key=True)
    stream = models.TextField()
    version = models.IntegerField()
    kind = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    data = models.JSONField()
    imported = models.BooleanField(default=False)
    # `xact` (xid8, the writing transaction) is added by the migration: only triggers read it.

    class Meta:
        db_table = "ground_event"
        constraints = [
            models.UniqueConstraint(fields=["stream", "version"], name="ground_event_once"),
        ]
        indexes = [BrinIndex(fields=["at"], name="ground_event_at")]


class Letter(Working):
    """News for one room about one event, until the room has acted on it."""

    id = models.BigAutoField(primary_key=True)
    box = models.TextField()
    stream = models.TextField()
    event_id = models.BigIntegerField()
    attempts = models.SmallIntegerField(db_default=0)
    deaths = models.SmallIntegerField(db_default=0)
    not_before = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    error = models.TextField(null=True)

    class Meta:
        db_table = "ground_letter"
        indexes = [
            models.Index(fields=["box", "event_id"], name="ground_letter_box"),
            models.Index(
                fields=["box", "stream"],
                name="ground_letter_parked",
                condition=models.Q(parked_at__isnull=False),
            ),
        ]


class Box(Working):
    """One letterbox's own note: is a batch under way? After a kill that means "be careful"."""

    name = models.TextField(primary_key=True)
    batch_open = models.BooleanField(default=False)

    class Meta:
        db_table = "ground_box"


class Said(GuardedChild):
    """Words somebody wrote, kept apart from the record of what happened.

    `whose` is the actor they belong to ("contact:9"); erasing that person empties `text`.
    """

    whose = models.TextField()
    text = models.TextField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ground_said"
        indexes = [models.Index(fields=["whose"], name="ground_said_whose")]


class Blob(GuardedChild):
    """Bytes that came in or were attached; `sha256` stays when erasing empties them."""

    sha256 = models.BinaryField(max_length=32)
    size = models.BigIntegerField()
    whose = models.TextField()
    data = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ground_blob"
        indexes = [models.Index(fields=["whose"], name="ground_blob_whose")]


class Retention(Guarded):
    """For how many days one kind of old things is kept, as somebody settled it; null: for ever."""

    stream: ClassVar[str] = "retention"

    key = models.TextField(unique=True)
    days = models.IntegerField(null=True)

    class Meta:
        db_table = "retention"


class RetentionRun(Working):
    """One night's removing: what went by kind, what is left for the next night, what failed."""

    id = models.BigAutoField(primary_key=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    removed = models.JSONField(default=dict)
    left = models.JSONField(default=list)
    errors = models.JSONField(default=dict)

    class Meta:
        db_table = "retention_run"
