"""The table of what lets a crew in: a link to one problem, made by a colleague, for a while."""

from typing import ClassVar

from django.db import models

from unbroken.ground.models import Guarded


class CrewPass(Guarded):
    """A crew may report on one problem, without an account, until `ends_at`.

    `made_by` is the colleague who stands for it, `words_id` whom it was given to, in their words.
    No address is kept. `ended_at`: taken back before its time.
    """

    stream: ClassVar[str] = "crew_pass"

    problem = models.BigIntegerField()
    language = models.TextField()
    words_id = models.BigIntegerField(null=True)
    made_by = models.TextField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "crew_pass"
        indexes = [models.Index(fields=["problem"], name="crew_pass_problem")]
