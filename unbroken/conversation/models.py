"""Tables of the record: tickets, what was said on them, who takes part, what was sent.

A ticket's id is its number, for life. Words lie in `ground.said`; messages carry their ids.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from unbroken.conversation.states import OPEN
from unbroken.ground.models import Guarded, GuardedChild

FIRST_NUMBER = 100001
_OPEN = Q(status__in=sorted(OPEN))


class Topic(Guarded):
    """A branch of the one tree that tickets and articles hang on; `names` by language.

    `hints` are beginnings of words, in any language, by which a new request is recognised.
    """

    stream: ClassVar[str] = "topic"

    key = models.TextField(unique=True)
    parent = models.ForeignKey(
        "conversation.Topic", models.DO_NOTHING, null=True, related_name="children"
    )
    names = models.JSONField(default=dict)
    hints = ArrayField(models.TextField(), default=list)
    ticket_type = models.TextField(default="")
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "topic"


class PriorityMatrix(Guarded):
    """Impact by urgency gives priority; one row, edited by the operator."""

    stream: ClassVar[str] = "priority_matrix"

    cells = models.JSONField(default=dict)

    class Meta:
        db_table = "priority_matrix"


class PauseRules(Guarded):
    """For which reasons only those may hold who may stop clocks; one row, the operator's."""

    stream: ClassVar[str] = "pause_rules"

    reserved = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "pause_rules"


class TroubleTicket(Guarded):
    """One request of one customer, from the first word to the last.

    `sleep` says that it is out of the lists for a while: "date" (only its time wakes it) or
    "answer" (the customer's words too). `back_version` is the version in which it woke up.
    """

    stream: ClassVar[str] = "ticket"

    name = models.TextField()
    ticket_type = models.TextField(default="request")
    status = models.TextField(default="acknowledged")
    waiting_for = models.TextField(default="")
    pending_until = models.DateTimeField(null=True)
    impact = models.TextField(default="medium")
    urgency = models.TextField(default="medium")
    priority = models.TextField(default="moderate")
    topic = models.ForeignKey(Topic, models.DO_NOTHING, null=True, related_name="+")
    customer = models.ForeignKey(
        "directory.Customer", models.DO_NOTHING, null=True, related_name="+"
    )
    contact = models.ForeignKey("directory.Contact", models.DO_NOTHING, null=True, related_name="+")
    service = models.ForeignKey("directory.Service", models.DO_NOTHING, null=True, related_name="+")
    team = models.ForeignKey("staffing.Team", models.DO_NOTHING, null=True, related_name="+")
    assignee = models.ForeignKey("staffing.Agent", models.DO_NOTHING, null=True, related_name="+")
    channel = models.TextField()
    mailbox = models.TextField(default="")
    language = models.TextField(default="en")
    tags = ArrayField(models.TextField(), default=list)
    external_id = models.TextField(default="")
    merged_into = models.ForeignKey(
        "conversation.TroubleTicket", models.DO_NOTHING, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    customer_wrote_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    imported = models.BooleanField(default=False)
    sleep = models.TextField(default="", db_default="")
    sleeps_until = models.DateTimeField(null=True)
    back_version = models.IntegerField(null=True)

    class Meta:
        db_table = "trouble_ticket"
        indexes = [
            models.Index(fields=["team", "id"], name="ticket_open_team", condition=_OPEN),
            models.Index(  # what somebody has in hand is counted from it
                fields=["assignee", "id"],
                include=["status", "team", "sleep"],
                name="ticket_open_hands",
                condition=_OPEN,
            ),
            models.Index(fields=["customer", "-id"], name="ticket_customer"),
            models.Index(fields=["contact", "-id"], name="ticket_contact"),
            models.Index(  # all that a list narrows by, so that it reads no whole rows
                fields=["id"],
                include=[
                    "status",
                    "team",
                    "assignee",
                    "priority",
                    "ticket_type",
                    "topic",
                    "channel",
                    "customer",
                    "waiting_for",
                ],
                name="ticket_open_facts",
                condition=_OPEN,
            ),
            models.Index(
                fields=["pending_until"],
                name="ticket_pending_until",
                condition=Q(pending_until__isnull=False),
            ),
            models.Index(
                fields=["sleeps_until", "id"], name="ticket_asleep", condition=~Q(sleep="")
            ),
            models.Index(
                fields=["external_id"], name="ticket_external", condition=~Q(external_id="")
            ),
            models.Index(
                fields=["merged_into"], name="ticket_merged", condition=Q(merged_into__isnull=False)
            ),
            GinIndex(fields=["tags"], name="ticket_tags"),
        ]


class Message(GuardedChild):
    """Something said on a ticket: mail, form, answer, note, receipt, bounce.

    `audience` is "customer" (the customer may read it) or "agents". With `side_id` it was said in
    a side conversation, and never to the customer.
    """

    ticket = models.ForeignKey(TroubleTicket, models.DO_NOTHING, related_name="messages")
    kind = models.TextField(default="message")
    direction = models.TextField()
    audience = models.TextField()
    author = models.TextField()
    channel = models.TextField()
    at = models.DateTimeField()
    subject = models.TextField(default="")
    from_name = models.TextField(default="")
    from_address = models.TextField(default="")
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    message_id = models.TextField(default="")
    words_id = models.BigIntegerField(null=True)
    quoted_id = models.BigIntegerField(null=True)
    intake_id = models.BigIntegerField(null=True)
    sha256 = models.BinaryField(max_length=32, null=True)
    withdrawn_at = models.DateTimeField(null=True)
    problem = models.TextField(default="")
    side_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "message"
        indexes = [
            models.Index(fields=["ticket", "version"], name="message_ticket"),
            models.Index(
                fields=["intake_id"], name="message_intake", condition=Q(intake_id__isnull=False)
            ),
        ]


class Attachment(GuardedChild):
    """A file said along: bytes in a blob, or a part of the raw mail it came with.

    `held` names why it opens only by a deliberate act ("executable", "macro", …).
    """

    ticket = models.ForeignKey(TroubleTicket, models.DO_NOTHING, related_name="+")
    message = models.ForeignKey(Message, models.DO_NOTHING, related_name="attachments")
    name = models.TextField()
    original_name = models.TextField(default="")
    media_type = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    inline = models.BooleanField(default=False)
    content_id = models.TextField(default="")
    held = models.TextField(default="")
    intake_id = models.BigIntegerField(null=True)
    part = models.TextField(default="")
    blob_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "attachment"
        indexes = [models.Index(fields=["message"], name="attachment_message")]


class Participant(GuardedChild):
    """Who takes part in a ticket. An unconfirmed one is heard but told nothing of it.

    Without `follows` they get mail only when it is their turn.
    """

    ticket = models.ForeignKey(TroubleTicket, models.DO_NOTHING, related_name="participants")
    contact = models.ForeignKey("directory.Contact", models.DO_NOTHING, related_name="+")
    role = models.TextField()
    confirmed = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True)
    follows = models.BooleanField(default=True, db_default=True)

    class Meta:
        db_table = "participant"
        constraints = [
            models.UniqueConstraint(fields=["ticket", "contact"], name="participant_once")
        ]
        indexes = [models.Index(fields=["contact"], name="participant_contact")]


class Approval(GuardedChild):
    """Somebody of the customer's company has to agree to an order; one at a time for a ticket.

    `limit` is what the one who ordered may order alone, `amount` what it may cost a month as they
    said it; none: not said. `decision`: empty while it waits, "approved", "declined", "expired".
    """

    ticket = models.ForeignKey(TroubleTicket, models.DO_NOTHING, related_name="approvals")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    limit = models.DecimalField(max_digits=12, decimal_places=2)
    asked_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    decision = models.TextField(default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "directory.Contact", models.DO_NOTHING, null=True, related_name="+"
    )
    words_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "approval"
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(decision=""), name="approval_one_waits"
            )
        ]
        indexes = [
            models.Index(fields=["ends_at"], name="approval_waits", condition=Q(decision=""))
        ]


class TicketRelationship(GuardedChild):
    """`ticket` has `other` as its parent, duplicate, cause …; ended, never deleted."""

    ticket = models.ForeignKey(TroubleTicket, models.DO_NOTHING, related_name="relationships")
    other = models.ForeignKey(TroubleTicket, models.DO_NOTHING, related_name="related_by")
    kind = models.TextField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ticket_relationship"
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "other", "kind"],
                condition=Q(ended_at__isnull=True),
                name="relationship_once",
            )
        ]
        indexes = [models.Index(fields=["other", "kind"], name="relationship_other")]


class Delivery(GuardedChild):
    """One message on its way out: to whom, by which channel, and whether it got there.

    State: waiting, sent, failed, cancelled, bounced. Nothing leaves before `not_before`.
    Their ids are in order: the outbox sends a ticket's deliveries in the order of their ids.
    """

    ids_in_order: ClassVar[bool] = True

    ticket = models.ForeignKey(TroubleTicket, models.DO_NOTHING, related_name="+")
    message = models.ForeignKey(Message, models.DO_NOTHING, related_name="deliveries")
    contact = models.ForeignKey("directory.Contact", models.DO_NOTHING, null=True, related_name="+")
    channel = models.TextField()
    kind = models.TextField()
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    state = models.TextField(default="waiting")
    not_before = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        db_table = "delivery"
        indexes = [
            models.Index(fields=["message"], name="delivery_message"),
            models.Index(fields=["ticket", "id"], name="delivery_ticket"),
            models.Index(
                fields=["not_before"], name="delivery_waiting", condition=Q(state="waiting")
            ),
        ]


from unbroken.conversation import models_beside as models_beside  # noqa: E402
from unbroken.conversation import models_complaint as models_complaint  # noqa: E402
from unbroken.conversation import models_working as models_working  # noqa: E402
