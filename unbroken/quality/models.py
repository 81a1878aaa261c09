"""Tables of figures: what each ticket amounts to, and the sums by day."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from unbroken.ground.models import Guarded, Working


class TicketMeasure(Working):
    """One ticket in numbers: where it is counted, how long it took, what was kept and missed.

    Seconds are working time under the agreement where something was promised, else time that
    passed. `version` is the ticket's when it was counted; team and topic 0 stand for none.
    """

    ticket_id = models.BigIntegerField(primary_key=True)
    version = models.IntegerField()
    team = models.BigIntegerField()
    topic = models.BigIntegerField()
    channel = models.TextField()
    priority = models.TextField()
    first_answer_seconds = models.FloatField(null=True)
    resolve_seconds = models.FloatField(null=True)
    answers = models.IntegerField()
    reopened = models.IntegerField()
    kept = models.IntegerField()
    missed = models.IntegerField()
    first_contact = models.BooleanField()

    class Meta:
        db_table = "ticket_measure"


class TicketFigure(Working):
    """What one ticket adds to a day: `missed.first_answer` once, `answered` twice by one agent.

    The list behind a number is read from here. `agent` 0: nobody in particular.
    """

    ticket_id = models.BigIntegerField()
    day = models.DateField()
    figure = models.TextField()
    agent = models.BigIntegerField()
    amount = models.IntegerField()

    class Meta:
        db_table = "ticket_figure"
        constraints = [
            models.UniqueConstraint(
                fields=["ticket_id", "day", "figure", "agent"], name="ticket_figure_once"
            )
        ]
        indexes = [
            models.Index(fields=["figure", "day", "ticket_id"], name="ticket_figure_day"),
            models.Index(
                fields=["agent", "day"],
                name="ticket_figure_agent",
                condition=models.Q(agent__gt=0),
            ),
        ]


class DayFigure(Working):
    """A day's sum of one figure, by where its tickets stand now. 0 stands for no team, no topic."""

    figure = models.TextField()
    day = models.DateField()
    team = models.BigIntegerField()
    topic = models.BigIntegerField()
    channel = models.TextField()
    priority = models.TextField()
    amount = models.BigIntegerField()

    class Meta:
        db_table = "day_figure"
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "day", "team", "topic", "channel", "priority"],
                name="day_figure_once",
            )
        ]


class PromiseOutcome(Working):
    """How one promise of a ticket ended, or one leg of it within the house: what reports add up.

    `kind` is promise, team or partner; `what` the measure, or the number of the team or partner.
    `is_kept` is empty for a leg that has no target. `used_seconds` are those that counted,
    `wall_seconds` went round the clock; both are empty while it is missed and still owed.
    """

    ticket_id = models.BigIntegerField()
    kind = models.TextField()
    what = models.TextField()
    cause = models.BigIntegerField()
    day = models.DateField()
    is_kept = models.BooleanField(null=True)
    used_seconds = models.FloatField(null=True)
    wall_seconds = models.FloatField(null=True)
    target_seconds = models.BigIntegerField(null=True)
    agreement = models.TextField()
    team = models.BigIntegerField()
    topic = models.BigIntegerField()
    priority = models.TextField()
    is_outage = models.BooleanField()

    class Meta:
        db_table = "promise_outcome"
        constraints = [
            models.UniqueConstraint(
                fields=["ticket_id", "kind", "what", "cause"], name="promise_outcome_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "day"], name="promise_outcome_day")]


class DownSpan(Working):
    """A stretch in which a service did not work at all, as its requests tell: for availability.

    What the customer had us wait for, and force majeure, is left out. `until` empty: it goes on.
    """

    ticket_id = models.BigIntegerField()
    service_id = models.BigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "down_span"
        indexes = [
            models.Index(fields=["service_id", "since"], name="down_span_service"),
            models.Index(fields=["ticket_id"], name="down_span_ticket"),
        ]


class MonthlyMail(Working):
    """The month's promises went to this agent by mail: once."""

    agent_id = models.BigIntegerField()
    month = models.TextField()

    class Meta:
        db_table = "monthly_mail"
        constraints = [
            models.UniqueConstraint(fields=["agent_id", "month"], name="monthly_mail_once")
        ]


class UncountedTicket(Working):
    """Something happened to this ticket that its figures do not show yet."""

    ticket_id = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "uncounted_ticket"


class Progress(Working):
    """How far a long work has come: through the log, through a rebuild."""

    name = models.TextField(primary_key=True)
    upto = models.BigIntegerField()

    class Meta:
        db_table = "quality_progress"


class FigureCheck(Working):
    """One nightly comparison of the figures with the record: how far it came, what it found."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reached = models.BigIntegerField(default=0)
    looked_at = models.IntegerField(default=0)
    differed = models.IntegerField(default=0)
    tickets = ArrayField(models.BigIntegerField(), default=list)
    days = ArrayField(models.DateField(), default=list)

    class Meta:
        db_table = "figure_check"


class WallScreen(Working):
    """A screen on a wall: a secret address that shows a board to whoever stands before it.

    `shows`: board (of these teams) or network (as it is now; no teams).

    Only the sum of the key is kept. It ends when somebody ends it, or with whoever put it up.
    """

    key = models.BinaryField(max_length=32, unique=True)
    name = models.TextField()
    teams = ArrayField(models.BigIntegerField(), default=list)
    shows = models.TextField(default="board", db_default="board")
    made_by = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+")
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "wall_screen"


class SavedReport(Working):
    """A question over requests that somebody keeps: its words, how it is grouped, what is measured.

    `scope` is "mine", "team" or "all", as for saved lists.
    """

    owner = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+")
    name = models.TextField()
    asked = models.JSONField(default=dict)
    scope = models.TextField(default="mine")
    team = models.ForeignKey("staffing.Team", models.DO_NOTHING, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "saved_report"


class ReportMail(Working):
    """Who wants a saved report by mail, how often, and for which period it went last.

    `failures` in a row, the last one at `failed_at`; since `stopped_at` it is tried no more.
    """

    report = models.ForeignKey(SavedReport, models.DO_NOTHING, related_name="mails")
    agent = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+")
    every = models.TextField()
    last_period = models.TextField(default="")
    failures = models.IntegerField(default=0, db_default=0)
    failed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "report_mail"
        constraints = [models.UniqueConstraint(fields=["report", "agent"], name="report_mail_once")]


class ReportAnswer(Working):
    """What a question over requests came to, for readers with the same rights, on one day.

    State: waiting (the watch makes it when nothing else is to do), ready, cut, wide, failed.
    """

    key = models.TextField(primary_key=True)
    day = models.DateField()
    asked = models.JSONField(default=dict)
    sight = models.JSONField(default=dict)
    state = models.TextField()
    rows = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "report_answer"
        indexes = [models.Index(fields=["made_at"], name="report_answer_made")]


class Review(Guarded):
    """An answer drawn to be read again by somebody else: how good it was, from 1 to 5, and why.

    `day` is the day of the answer; each agent is drawn at most once for a day.
    """

    stream: ClassVar[str] = "review"

    ticket = models.ForeignKey("conversation.TroubleTicket", models.DO_NOTHING, related_name="+")
    message = models.ForeignKey("conversation.Message", models.DO_NOTHING, related_name="+")
    writer = models.ForeignKey("staffing.Agent", models.DO_NOTHING, related_name="+")
    day = models.DateField()
    drawn_at = models.DateTimeField()
    reviewer = models.ForeignKey("staffing.Agent", models.DO_NOTHING, null=True, related_name="+")
    mark = models.SmallIntegerField(null=True)
    words_id = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "answer_review"
        constraints = [
            models.UniqueConstraint(fields=["writer", "day"], name="answer_review_once_a_day")
        ]
