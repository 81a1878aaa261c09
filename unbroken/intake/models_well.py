"""The table of answers to "is it well again?"."""

from typing import ClassVar

from django.db import models

from unbroken.ground.models import Guarded


class WellAnswer(Guarded):
    """What somebody answered after the end of a problem. The question is the letter they got.

    `says`: yes or no, the last word counts. `ticket`: what a no opened, or opened again.
    """

    stream: ClassVar[str] = "well_answer"

    problem = models.BigIntegerField()
    contact = models.BigIntegerField()
    letter = models.BigIntegerField()
    says = models.TextField()
    ticket = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField()

    class Meta:
        db_table = "well_answer"
        constraints = [
            models.UniqueConstraint(fields=["problem", "contact"], name="well_answer_once")
        ]
