"""What it really was, as somebody recorded or confirmed it."""

from django.db import models
from django.db.models import Q

from unbroken.ground.models import Working


class CauseOutcome(Working):
    """What it really was, once for each request or problem, beside what the verdict had said.

    `access`: the family of access (dsl, fibre …); `kind`: of the element it lay in; both empty
    when nobody knows. `how`: said, resolving (left as preselected), problem (confirmed on the
    problem that the request belongs to). `weight`: what it counts for when causes are counted.
    """

    ticket_id = models.BigIntegerField(null=True)
    problem_id = models.BigIntegerField(null=True)
    service = models.TextField(default="", blank=True)
    access = models.TextField(default="", blank=True)
    kind = models.TextField(default="", blank=True)
    cause = models.TextField()
    said = models.TextField(default="", blank=True)
    certainty = models.FloatField(null=True)
    how = models.TextField()
    weight = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cause_outcome"
        constraints = [
            models.UniqueConstraint(
                fields=["ticket_id"], condition=Q(ticket_id__isnull=False),
                name="cause_outcome_ticket",
            ),
            models.UniqueConstraint(
                fields=["problem_id"], condition=Q(ticket_id__isnull=True),
                name="cause_outcome_problem",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["at"], name="cause_outcome_at")]
