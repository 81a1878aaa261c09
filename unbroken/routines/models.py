"""Tables of routines: macros. What each does is one definition, read by the pure modules."""

from typing import ClassVar

from django.db import models

from unbroken.ground.models import Guarded


class Macro(Guarded):
    """Steps that an agent does with one key: for whom, when offered, what it does, what then."""

    stream: ClassVar[str] = "macro"

    name = models.TextField()
    definition = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "macro"
