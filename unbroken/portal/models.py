"""The portal's working state: keys sent by mail, and how often somebody knocked."""

from django.db import models

from unbroken.ground.models import Working


class DoorKey(Working):
    """A link or a code that was mailed to an address; opens once, for a short while.

    `name` is the digest of what the browser holds, `secret` of what the mail says. One that was
    asked for with an unknown address or number opens nothing (`ticket_id` is empty), but wears out
    the same.
    """

    name = models.TextField(primary_key=True)
    kind = models.TextField()
    secret = models.TextField()
    address = models.TextField()
    ticket_id = models.BigIntegerField(null=True)
    contact_id = models.BigIntegerField(null=True)
    tries = models.IntegerField(default=0)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "portal_door_key"
        indexes = [models.Index(fields=["ends_at"], name="portal_key_ends")]


class Knock(Working):
    """How often something was done under one key since a window began."""

    key = models.TextField(primary_key=True)
    since_at = models.DateTimeField()
    count = models.IntegerField()

    class Meta:
        db_table = "portal_knock"
        indexes = [models.Index(fields=["since_at"], name="portal_knock_since")]
