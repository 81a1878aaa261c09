"""Tables of this face: answers already given."""

from django.db import models

from unbroken.ground.models import Working


class Answered(Working):
    """What a request with an Idempotency-Key was answered: sent again, it gets the same."""

    token = models.ForeignKey("staffing.ApiToken", models.DO_NOTHING, related_name="+")
    key = models.BinaryField(max_length=32)
    asked = models.BinaryField(max_length=32)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "api_answered"
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_answered_once")]
        indexes = [models.Index(fields=["at"], name="api_answered_at")]
