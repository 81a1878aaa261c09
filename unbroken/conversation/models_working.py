"""Working tables beside the record: how far it was read, drafts, mentions, standing counts.

They can be lost without losing anything that was said or done.
"""

from django.db import models
from django.db.models import Q

from unbroken.ground.models import Working


class ReadMark(Working):
    """Up to which version of a ticket an agent has read."""

    agent = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+")
    ticket = models.ForeignKey("conversation.TroubleTicket", models.DO_NOTHING, related_name="+")
    version = models.IntegerField()

    class Meta:
        db_table = "read_mark"
        constraints = [models.UniqueConstraint(fields=["agent", "ticket"], name="read_mark_once")]


class Draft(Working):
    """An answer or note being written; kept here, not in one browser.

    `shared_at`: laid open to whoever sees the ticket. `written_by`: whose words they were before
    another took them over. `copies`: who was offered a copy of an answer, each chosen or not.
    """

    agent = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+")
    ticket = models.ForeignKey("conversation.TroubleTicket", models.DO_NOTHING, related_name="+")
    mode = models.TextField()
    text = models.TextField()
    saved_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)
    copies = models.JSONField(default=list, db_default=[])
    written_by = models.ForeignKey("staffing.Agent", models.DO_NOTHING, null=True, related_name="+")

    class Meta:
        db_table = "draft"
        constraints = [
            models.UniqueConstraint(fields=["agent", "ticket", "mode"], name="draft_once")
        ]
        indexes = [
            models.Index(
                fields=["ticket"], name="draft_shared", condition=Q(shared_at__isnull=False)
            )
        ]


class Mention(Working):
    """An agent was called by name in a note; seen once they read that far."""

    agent = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+")
    ticket = models.ForeignKey("conversation.TroubleTicket", models.DO_NOTHING, related_name="+")
    message = models.ForeignKey("conversation.Message", models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "mention"
        constraints = [models.UniqueConstraint(fields=["message", "agent"], name="mention_once")]
        indexes = [models.Index(fields=["agent", "-at"], name="mention_agent")]


class TicketCount(Working):
    """How many open tickets stand where: per team, state, and whether somebody has them.

    A projection, kept by a trigger and `projections`; `team` 0 stands for none yet.
    """

    team = models.BigIntegerField()
    status = models.TextField()
    is_taken = models.BooleanField()
    tickets = models.BigIntegerField()

    class Meta:
        db_table = "ticket_count"
        constraints = [
            models.UniqueConstraint(fields=["team", "status", "is_taken"], name="ticket_count_once")
        ]


class TicketCountStep(Working):
    """One ticket more or less somewhere, written with the change, until it is added up."""

    id = models.BigAutoField(primary_key=True)
    team = models.BigIntegerField()
    status = models.TextField()
    is_taken = models.BooleanField()
    step = models.SmallIntegerField()

    class Meta:
        db_table = "ticket_count_step"
