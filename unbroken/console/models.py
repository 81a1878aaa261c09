"""The console's own working state: sign-ins that failed, saved lists, deeds to undo, the bell."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from unbroken.ground.models import Working


class SignInTry(Working):
    """Failed sign-ins under one key (an address, a person, both), and when the last one was."""

    key = models.TextField(primary_key=True)
    failures = models.IntegerField()
    last_at = models.DateTimeField()

    class Meta:
        db_table = "sign_in_try"


class SavedList(Working):
    """A list with a name: its words, whose it is ("mine", "team", "all"), and where it stands."""

    owner = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+")
    scope = models.TextField()
    team = models.ForeignKey("staffing.Team", models.DO_NOTHING, null=True, related_name="+")
    name = models.TextField()
    words = models.TextField()
    position = models.IntegerField()
    is_pinned = models.BooleanField(default=True)

    class Meta:
        db_table = "saved_list"


class DoneToMany(Working):
    """A deed done to many requests at once, with what became of each, so that it can be undone."""

    agent = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()
    deed = models.TextField()
    word = models.TextField()
    results = models.JSONField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "done_to_many"


class Habit(Working):
    """How somebody works here: single keys or not, what comes by mail and when.

    Mail tells of work given, of words by somebody outside, of a note that calls them; while they
    are away from their screen, or `mails_always`. `calendar_edition`: which address of their
    calendar is in use; below zero: ended, 0: never had one.
    """

    agent = models.OneToOneField("staffing.Agent", models.DO_NOTHING, related_name="+")
    has_shortcuts = models.BooleanField(default=True)
    mails_given = models.BooleanField(default=True, db_default=True)
    mails_wrote = models.BooleanField(default=True, db_default=True)
    mails_called = models.BooleanField(default=True, db_default=True)
    mails_always = models.BooleanField(default=False, db_default=False)
    calendar_edition = models.IntegerField(default=0, db_default=0)

    class Meta:
        db_table = "habit"


class Ring(Working):
    """What happened on a request that waits for an agent, until they have seen it.

    `kinds`: given, wrote, called, watched, due, missed, leg, foreseen. `due_at` is the promise last
    warned of, `leg_due_at` the target within the house, `foreseen_due_at` the promise that is
    foreseen to be missed, `mailed_id` the event a mail last told of.
    """

    id = models.BigAutoField(primary_key=True)
    agent = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+", db_index=False)
    ticket = models.ForeignKey(
        "conversation.TroubleTicket", models.DO_NOTHING, related_name="+", db_index=False
    )
    kinds = ArrayField(models.TextField(), default=list)
    at = models.DateTimeField()
    event_id = models.BigIntegerField(default=0)
    mailed_id = models.BigIntegerField(default=0, db_default=0)
    due_at = models.DateTimeField(null=True)
    leg_due_at = models.DateTimeField(null=True)
    foreseen_due_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ring"
        constraints = [models.UniqueConstraint(fields=["agent", "ticket"], name="ring_once")]
        indexes = [
            models.Index(
                fields=["agent", "-at"], name="ring_waiting", condition=Q(seen_at__isnull=True)
            ),
            models.Index(fields=["seen_at"], name="ring_seen"),
        ]


class PersonExport(Working):
    """A file with what is kept of a person, made to be handed to them; empty after a week."""

    id = models.BigAutoField(primary_key=True)
    contact = models.BigIntegerField()
    agent = models.BigIntegerField()
    state = models.TextField()
    size = models.BigIntegerField(default=0)
    data = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "person_export"
        indexes = [models.Index(fields=["contact"], name="person_export_contact")]


class SamlQuestion(Working):
    """A question to a SAML provider: its number as a digest, and the answer until it is fetched."""

    name = models.TextField(primary_key=True)
    provider_id = models.BigIntegerField()
    answer = models.TextField(default="")
    ends_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "saml_question"
        indexes = [models.Index(fields=["ends_at"], name="saml_question_over")]


class Looking(Working):
    """A page of a ticket that is open at somebody's desk; it runs out by itself."""

    line = models.TextField(primary_key=True)
    agent = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+", db_index=False)
    ticket = models.ForeignKey("conversation.TroubleTicket", models.DO_NOTHING, related_name="+")
    until = models.DateTimeField()
    writing_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "looking"
