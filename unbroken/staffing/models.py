"""The people of the house: agents, their teams, and the key with which each signs in.

What someone is and which team they are in is on record (guarded). The password hash, the last
sign-in and who is at their desk right now are working state.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from unbroken.ground.models import Guarded, GuardedChild, Working


class Agent(Guarded):
    """Somebody who works here and answers customers.

    `role` is empty for those hired before there were roles: `is_admin` tells what they are.
    `levels`: how well they know each skill; `languages`: in which they write to customers besides
    the one of their screens; `grants` and `capacity`: see `abilities`.
    """

    stream = "agent"

    name = models.TextField()
    email = models.TextField()
    language = models.TextField(default="en")
    timezone = models.TextField(default="UTC")
    skills = ArrayField(models.TextField(), default=list, blank=True)
    levels = models.JSONField(default=dict, db_default={})
    languages = ArrayField(models.TextField(), default=list, blank=True, db_default=[])
    grants = models.JSONField(default=dict, db_default={})
    capacity = models.JSONField(default=dict, db_default={})
    is_admin = models.BooleanField(default=False)
    role = models.TextField(default="", db_default="")
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "agent"
        constraints = [models.UniqueConstraint(Lower("email"), name="agent_email_once")]


class Team(Guarded):
    """People who share a queue: first line, routers, billing."""

    stream = "team"

    key = models.TextField(unique=True)
    name = models.TextField()
    languages = ArrayField(models.TextField(), default=list, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "team"


class Role(Guarded):
    """A role of the desk's own: a name and what it allows. The built-in ones are code."""

    stream = "role"

    key = models.TextField(unique=True)
    name = models.TextField()
    allows = ArrayField(models.TextField(), default=list, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "role"


class ShiftPattern(GuardedChild):
    """The week that somebody works from a date on, in their own time zone."""

    agent = models.ForeignKey(Agent, models.DO_NOTHING, related_name="shift_patterns")
    since = models.DateField()
    week = models.JSONField(default=dict)

    class Meta:
        db_table = "shift_pattern"
        constraints = [
            models.UniqueConstraint(fields=["agent", "since"], name="shift_pattern_once")
        ]


class ShiftDay(GuardedChild):
    """A day on which somebody works other hours than their week says; none: they are away.

    `reason` is leave, illness, swap or extra. `counts` is off when it was taken back.
    """

    agent = models.ForeignKey(Agent, models.DO_NOTHING, related_name="shift_days")
    day = models.DateField()
    hours = models.JSONField(default=list)
    reason = models.TextField(default="")
    counts = models.BooleanField(default=True)

    class Meta:
        db_table = "shift_day"
        constraints = [models.UniqueConstraint(fields=["agent", "day"], name="shift_day_once")]


class ShiftSwap(Guarded):
    """Somebody asks somebody to take their shift of a day, and takes one of theirs if named.

    `state`: asked, agreed (by the other), approved (by a lead: it holds), refused, withdrawn.
    """

    stream = "swap"

    asker = models.ForeignKey(Agent, models.DO_NOTHING, related_name="swaps_asked")
    other = models.ForeignKey(Agent, models.DO_NOTHING, related_name="swaps_got")
    day = models.DateField()
    back = models.DateField(null=True)
    state = models.TextField(default="asked")
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "shift_swap"
        indexes = [models.Index(fields=["state", "day"], name="shift_swap_open")]


class PlanDraft(Working):
    """A week of shifts as the solver proposed it last, until somebody takes it over.

    `team_id`: whose week, 0 for everybody's.
    `wanted_at`: a proposal was asked for and is not made yet; `made_at`: empty before the first.
    """

    monday = models.DateField()
    team_id = models.BigIntegerField(default=0, db_default=0)
    wanted_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    shifts = models.JSONField(default=list)

    class Meta:
        db_table = "plan_draft"
        constraints = [
            models.UniqueConstraint(fields=["monday", "team_id"], name="plan_draft_week_team")
        ]


class Membership(GuardedChild):
    """Since when an agent belongs to a team, as a member or as its lead; ended, never deleted."""

    agent = models.ForeignKey(Agent, models.DO_NOTHING, related_name="memberships")
    team = models.ForeignKey(Team, models.DO_NOTHING, related_name="memberships")
    role = models.TextField(default="member")
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "membership"
        constraints = [
            models.UniqueConstraint(
                name="membership_once",
                fields=["agent", "team"],
                condition=models.Q(until_at__isnull=True),
            )
        ]


class IdentityProvider(Guarded):
    """An organisation that vouches for agents by SAML. Certificates are base64 of DER."""

    stream = "provider"

    name = models.TextField()
    entity_id = models.TextField(unique=True)
    sign_in_url = models.TextField()
    certificates = ArrayField(models.TextField(), default=list)
    subject_attribute = models.TextField(default="")
    email_attribute = models.TextField(default="")
    name_attribute = models.TextField(default="")
    by_address = models.BooleanField(default=False)
    role = models.TextField(default="")
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "identity_provider"


class Logins(BaseUserManager["Login"]):
    """Finds a login by what was typed: capitals and blanks do not matter."""

    def get_by_natural_key(self, username: str | None) -> "Login":
        """The login behind an e-mail address as typed."""
        return self.get(email=(username or "").strip().lower())


class Login(AbstractBaseUser, Working):
    """The key with which an agent signs in. The sign-in itself is working state."""

    email = models.TextField(unique=True)
    agent = models.OneToOneField(Agent, models.DO_NOTHING, related_name="login")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[Logins] = Logins()

    class Meta:
        db_table = "login"


class Presence(Working):
    """How somebody can be reached, as they said it: true for now, worth nothing tomorrow."""

    agent = models.OneToOneField(Agent, models.DO_NOTHING, related_name="presence")
    state = models.TextField(default="away")
    words = models.TextField(default="", db_default="")
    since_at = models.DateTimeField()

    class Meta:
        db_table = "presence"


class SignInKey(Working):
    """What somebody proves themselves with besides a password: an authenticator, a recovery code,
    a passkey, who they are at an identity provider."""

    id = models.BigAutoField(primary_key=True)
    agent = models.ForeignKey(Agent, models.DO_NOTHING, related_name="keys")
    kind = models.TextField()
    name = models.TextField(default="")
    secret = models.TextField(default="")
    credential = models.BinaryField(null=True)
    public_key = models.BinaryField(null=True)
    counter = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in_key"
        indexes = [models.Index(fields=["agent", "kind"], name="sign_in_key_agent")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "credential"], name="sign_in_key_once")
        ]


class Browser(Working):
    """A browser in which an agent is signed in: since when, from where, in which way."""

    id = models.BigAutoField(primary_key=True)
    session_key = models.TextField(unique=True)
    agent = models.ForeignKey(Agent, models.DO_NOTHING, related_name="browsers")
    place = models.TextField()
    device = models.TextField()
    way = models.TextField()
    since_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "browser"


class Trace(Working):
    """What an agent did that changes nothing: signing in or failing to, reading what only their
    permission shows them, taking data away. Never altered; it goes by retention alone."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    agent = models.BigIntegerField(null=True)
    kind = models.TextField()
    thing = models.TextField(default="")
    note = models.TextField(default="")
    why = models.TextField(default="")
    place = models.TextField(default="")

    class Meta:
        db_table = "trace"
        indexes = [
            models.Index(fields=["at", "id"], name="trace_at"),
            models.Index(fields=["thing", "agent", "at"], name="trace_thing"),
        ]


class ApiToken(Guarded):
    """A key for one other system. The secret itself is shown once and kept nowhere.

    `team_ids` empty: it sees every ticket; else those of these teams and those it opened.
    """

    stream: ClassVar[str] = "token"

    name = models.TextField()
    hash = models.BinaryField(max_length=32)
    scopes = ArrayField(models.TextField(), default=list)
    team_ids = ArrayField(models.BigIntegerField(), default=list)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_token"


class TokenUse(Working):
    """When a token was last shown to us; written down every few minutes at most."""

    token_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "token_use"
