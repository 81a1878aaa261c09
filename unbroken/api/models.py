"""Tables of this face: the keys that other systems hold, and answers already given."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from unbroken.ground.models import Guarded, Working


class ApiToken(Guarded):
    """A key for one other system. The secret itself is shown once and kept nowhere.

    `team_ids` empty: it sees every ticket; else those of these teams and those it opened.
    """

    stream: ClassVar[str] = "token"

    name = models.TextField()
    hash = models.BinaryField(max_length=32)
    scopes = ArrayField(models.TextField(), default=list)
    team_ids = ArrayField(models.BigIntegerField(), default=list)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_token"


class Answered(Working):
    """What a request with an Idempotency-Key was answered: sent again, it gets the same."""

    token = models.ForeignKey(ApiToken, models.DO_NOTHING, related_name="+")
    key = models.BinaryField(max_length=32)
    asked = models.BinaryField(max_length=32)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "api_answered"
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_answered_once")]
        indexes = [models.Index(fields=["at"], name="api_answered_at")]
