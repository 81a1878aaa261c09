"""Tables of news to many: what was said because of what, and the letter to each."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from unbroken.ground.models import Guarded


class Notice(Guarded):
    """News to everybody whom a problem strikes, or planned work touches; no request for each.

    Because of one event of it. `problem` is 0 for news of a `plan`, and the other way round.

    `message` is a key of the policy. State: going; waits (for somebody's approval); stopped.
    `words_id`: a person's own words; empty: ours.
    """

    stream: ClassVar[str] = "notice"

    problem = models.BigIntegerField()
    plan = models.BigIntegerField(default=0, db_default=0)
    event = models.BigIntegerField(unique=True)
    message = models.TextField()
    step = models.TextField(default="")
    state = models.TextField(default="going")
    words_id = models.BigIntegerField(null=True)
    made_by = models.TextField()
    made_at = models.DateTimeField()
    letters = models.IntegerField(default=0)

    class Meta:
        db_table = "notice"
        indexes = [models.Index(fields=["problem", "message"], name="notice_problem")]


class NoticeLetter(Guarded):
    """One household's share of a notice: to whom, when, and what became of it.

    State: waiting, sent, spared (`why`: over, joined, receipt, wish, portal, stopped), returned (it
    left and found nobody), call (a person has to: chosen, address), called. `channel`: the way they
    chose, `fell_back` why it went another one. The address is looked up when it leaves, so nothing
    here has to be forgotten with a person.
    """

    stream: ClassVar[str] = "notice_letter"

    notice = models.ForeignKey(Notice, models.DO_NOTHING, related_name="+", db_index=False)
    contact = models.BigIntegerField()
    customer = models.BigIntegerField()
    services = ArrayField(models.BigIntegerField(), default=list)
    channel = models.TextField(default="mail")
    language = models.TextField()
    timezone = models.TextField(default="")
    state = models.TextField(default="waiting")
    why = models.TextField(default="")
    fell_back = models.TextField(default="", db_default="")
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notice_letter"
        constraints = [
            models.UniqueConstraint(fields=["notice", "contact"], name="notice_letter_once")
        ]
        indexes = [
            models.Index(
                fields=["not_before"], name="notice_letter_due", condition=Q(state="waiting")
            ),
            models.Index(fields=["contact"], name="notice_letter_contact"),
        ]


class EndWish(Guarded):
    """Somebody asked in the portal to be told when a problem is over: once, whatever else they get.

    `service`: of theirs, that the problem took along.
    """

    stream: ClassVar[str] = "end_wish"

    problem = models.BigIntegerField()
    contact = models.BigIntegerField()
    service = models.BigIntegerField()
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "end_wish"
        constraints = [models.UniqueConstraint(fields=["problem", "contact"], name="end_wish_once")]
