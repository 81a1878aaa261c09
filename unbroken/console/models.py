"""The console's own working state: how often a sign-in was tried in vain."""

from django.db import models

from unbroken.ground.models import Working


class SignInTry(Working):
    """Failed sign-ins under one key (an address, a person, both), and when the last one was."""

    key = models.TextField(primary_key=True)
    failures = models.IntegerField()
    last_at = models.DateTimeField()

    class Meta:
        db_table = "sign_in_try"
