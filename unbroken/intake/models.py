"""Tables of the door: what came in, raw; the mailboxes; what is on its way out."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from unbroken.ground.models import Guarded, Working


class Intake(Guarded):
    """One raw thing from outside, kept as it came: replayable for ever.

    `dedupe` is empty for things that cannot come twice. `outcome` says what reading made of
    it: opened, joined, remark, bounce, answered, held, kept; empty while it waits to be read.
    """

    stream: ClassVar[str] = "intake"
    heavy: ClassVar[tuple[str, ...]] = ("raw",)

    channel = models.TextField()
    mailbox = models.TextField(default="")
    raw = models.BinaryField(null=True)
    size = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    dedupe = models.BinaryField(max_length=32, null=True, unique=True)
    envelope = models.JSONField(default=dict)
    taken_at = models.DateTimeField()
    outcome = models.TextField(default="")
    ticket_id = models.BigIntegerField(null=True)
    problem = models.TextField(default="")
    erased_at = models.DateTimeField(null=True)
    contact_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "intake"
        indexes = [
            models.Index(fields=["id"], name="intake_unread", condition=Q(outcome="")),
            models.Index(fields=["ticket_id"], name="intake_ticket"),
            models.Index(
                fields=["contact_id"], name="intake_contact", condition=Q(contact_id__isnull=False)
            ),
        ]


class Mailbox(Guarded):
    """An address of ours. Mail to it goes to the queue that routing maps its key to."""

    stream: ClassVar[str] = "mailbox"

    key = models.TextField(unique=True)
    address = models.TextField(unique=True)
    name = models.TextField(default="")
    language = models.TextField(default="en")
    plus_addressing = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    imap = models.JSONField(default=dict)

    class Meta:
        db_table = "mailbox"
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="mailbox_one_default"
            )
        ]


class ChannelSetting(Guarded):
    """What an operator says of one way in or out: the way mail leaves, the web form, our name."""

    stream: ClassVar[str] = "channel"

    key = models.TextField(unique=True)
    says = models.JSONField(default=dict)

    class Meta:
        db_table = "channel_setting"


class MailboxMark(Working):
    """How far a mailbox has been read: the server's UIDVALIDITY and the last UID taken in."""

    mailbox = models.OneToOneField(Mailbox, models.DO_NOTHING, related_name="+")
    folder = models.TextField(default="INBOX")
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        db_table = "mailbox_mark"


class Reference(Working):
    """Which ticket a Message-ID belongs to, also one we never saw but were referred to.

    Rebuilt from the messages of the record.
    """

    message_id = models.TextField(primary_key=True)
    ticket_id = models.BigIntegerField()

    class Meta:
        db_table = "intake_reference"


class Outbox(Working):
    """A delivery until it has left or was given up: when to try, and whether a job has it."""

    delivery_id = models.BigIntegerField(primary_key=True)
    ticket_id = models.BigIntegerField()
    due_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    queued_at = models.DateTimeField(null=True)
    first_tried_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        db_table = "intake_outbox"
        indexes = [
            models.Index(fields=["due_at"], name="outbox_due", condition=Q(queued_at__isnull=True)),
            models.Index(fields=["ticket_id"], name="outbox_ticket"),
        ]


class CarrierNotice(Guarded):
    """A carrier's notice of work as it was read in one mail, and what became of it.

    `state`: noted (became a window by itself), waiting (a person decides: `doubts` say why),
    accepted, refused, replaced (a later edition came first). `read`: how it was read, kept beside
    what a person made of it.
    """

    stream: ClassVar[str] = "carrier_notice"

    intake_id = models.BigIntegerField()
    ticket_id = models.BigIntegerField()
    provider = models.TextField()
    number = models.TextField(default="")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    things = ArrayField(models.TextField(), default=list)
    impact = models.TextField(default="")
    status = models.TextField(default="")
    stamped_at = models.DateTimeField()
    doubts = ArrayField(models.TextField(), default=list)
    read = models.JSONField(default=dict)
    state = models.TextField()

    class Meta:
        db_table = "carrier_notice"
        indexes = [
            models.Index(fields=["provider", "number"], name="carrier_notice_key"),
            models.Index(fields=["id"], name="carrier_notice_open", condition=Q(state="waiting")),
            models.Index(fields=["ticket_id"], name="carrier_notice_ticket"),
        ]


from unbroken.intake import models_crew as models_crew  # noqa: E402
from unbroken.intake import models_subscribers as models_subscribers  # noqa: E402
from unbroken.intake import models_telling as models_telling  # noqa: E402
from unbroken.intake import models_well as models_well  # noqa: E402
