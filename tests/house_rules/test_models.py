"""Tables: guarded, children of guarded, or working state; rooms hold each other by a thread."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import DO_NOTHING, ForeignKey
from django.db.models.fields.related import ForeignObjectRel

from tests.house_rules.source import our_models
from unbroken.ground.models import EventRow, Guarded, GuardedChild, Working

WORKING = {
    "api.Answered",
    "evidence.CauseOutcome",
    "console.DoneToMany",
    "console.Habit",
    "console.Looking",
    "console.Ring",
    "console.PersonExport",
    "console.SamlQuestion",
    "console.SavedList",
    "console.SignInTry",
    "conversation.Draft",
    "conversation.Highlight",
    "conversation.Mention",
    "conversation.ReadMark",
    "conversation.TicketCount",
    "conversation.TicketCountStep",
    "evidence.AccountingPulse",
    "evidence.FillingLink",
    "evidence.FillingList",
    "evidence.FillingPlanners",
    "evidence.LinkWeek",
    "evidence.AgeingLine",
    "evidence.AgeingList",
    "evidence.AgeingMail",
    "evidence.Alarm",
    "evidence.DoorCount",
    "evidence.LogLine",
    "evidence.NasRestart",
    "evidence.Observation",
    "evidence.OutsideAlarm",
    "evidence.RadacctOpen",
    "evidence.RadiusBatch",
    "evidence.RadiusReply",
    "evidence.RadiusSeen",
    "evidence.RadiusWaiting",
    "evidence.ReadingNames",
    "evidence.ReadingThinned",
    "evidence.ServiceTest",
    "evidence.Session",
    "evidence.SourceMark",
    "ground.Box",
    "ground.Letter",
    "ground.RetentionRun",
    "intake.MailboxMark",
    "intake.Outbox",
    "intake.Reference",
    "intake.StatusReader",
    "knowledge.ArticleUse",
    "knowledge.ArticleVote",
    "portal.DoorKey",
    "portal.Knock",
    "promise.Clock",
    "promise.ClockCheck",
    "promise.CreditTold",
    "promise.LegClock",
    "promise.NextPromise",
    "quality.DayFigure",
    "quality.DownSpan",
    "quality.MonthlyMail",
    "quality.PromiseOutcome",
    "quality.FigureCheck",
    "quality.Progress",
    "quality.ReportAnswer",
    "quality.ReportMail",
    "quality.SavedReport",
    "quality.TicketFigure",
    "quality.TicketMeasure",
    "quality.UncountedTicket",
    "quality.WallScreen",
    "routines.RuleFiring",
    "routines.RuleSeed",
    "routines.RuleWait",
    "routing.Foreseen",
    "routing.Learned",
    "routing.Turn",
    "search.IndexedFile",
    "search.IndexedTicket",
    "search.KnownName",
    "search.KnownWord",
    "search.Progress",
    "search.StaleTicket",
    "staffing.Browser",
    "staffing.Login",
    "staffing.PlanDraft",
    "staffing.Presence",
    "staffing.SignInKey",
    "staffing.TokenUse",
    "staffing.Trace",
}
"""Working state, table by table. Whoever adds one says here that no promise stands on it."""


def test_a_table_is_part_of_the_record_or_listed_as_working_state() -> None:
    for model in our_models():
        label = model._meta.label
        if issubclass(model, Working):
            assert label in WORKING, f"list {label} here: no promise may stand on it"
        else:
            assert issubclass(model, Guarded | GuardedChild | EventRow), label


def test_no_working_state_is_listed_that_is_not_there() -> None:
    there = {model._meta.label for model in our_models() if issubclass(model, Working)}

    assert there >= WORKING


def test_a_table_says_what_it_is() -> None:
    for model in our_models():
        documented = model.__doc__ or ""

        assert documented, f"{model._meta.label} has no docstring"
        own = f"{model.__name__}("
        assert not documented.startswith(own), f"{model._meta.label} has no docstring of its own"


def test_a_key_into_another_room_leaves_no_trace_there() -> None:
    every = [(model, field) for model in our_models() for field in model._meta.get_fields()]
    for model, field in every:
        if isinstance(field, ForeignObjectRel) or not isinstance(field, ForeignKey):
            continue
        assert field.remote_field.on_delete is DO_NOTHING, f"{field}: nothing cascades"
        if field.related_model._meta.app_label != model._meta.app_label:
            assert field.remote_field.related_name == "+", f'{field}: related_name="+"'


def test_keys_point_only_downward() -> None:
    floors = {room.rpartition(".")[2]: floor for floor, room in enumerate(settings.ROOMS)}
    upward = [
        str(field)
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.related_model._meta.app_label in floors
        and floors[field.related_model._meta.app_label] > floors[model._meta.app_label]
    ]
    assert upward == []


@pytest.mark.django_db
def test_a_guarded_table_has_its_guards_in_the_database() -> None:
    """Accident: a migration makes the table and forgets `guard(...)`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE NOT tgisinternal"
        )
        triggers = {(table, name): text for table, name, text in cursor.fetchall()}

    for model in our_models():
        if not issubclass(model, Guarded | GuardedChild):
            continue
        table = model._meta.db_table
        guard = triggers.get((table, f"{table}_guarded"), "")
        assert "DEFERRABLE INITIALLY DEFERRED" in guard, table
        assert "INSERT OR DELETE OR UPDATE" in guard, table
        if issubclass(model, Guarded):
            assert f"ground_check_guarded('{model.stream}')" in guard
        else:
            assert "ground_check_child()" in guard, table
        assert "TRUNCATE" in triggers.get((table, f"{table}_whole"), ""), table


def test_two_tables_never_share_a_stream() -> None:
    streams = [model.stream for model in our_models() if issubclass(model, Guarded)]

    assert len(streams) == len(set(streams))
    assert "house" not in streams


def test_the_admin_that_edits_everything_is_not_here() -> None:
    assert not apps.is_installed("django.contrib.admin")
