"""Expand: agreements, objectives, violations, clocks.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate promise to zero.
"""

import django.db.models.deletion
from django.db import migrations, models

from unbroken.ground import guard

# The state of everything a promise depends on, as one short text: which rows in which
# version, written by which transaction. A function, so that its plan is made once a session.
STAMP = """
CREATE FUNCTION promise_stamp() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN concat_ws('/',
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id) FROM agreement),
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id)
         FROM working_calendar),
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id) FROM holiday_set));
END $$
"""
NO_STAMP = "DROP FUNCTION promise_stamp()"

_OWED = models.Q(("due_at__isnull", False), ("ended_at__isnull", True))


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("calendars", "0001_first_tables"),
        ("conversation", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("name", models.TextField()),
                ("calendar", models.TextField()),
                ("is_default", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "agreement",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("is_default",),
                        name="agreement_one_default",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Objective",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="objectives",
                        to="promise.agreement",
                    ),
                ),
                ("measure", models.TextField()),
                ("ticket_type", models.TextField(default="")),
                ("seconds", models.JSONField(default=dict)),
                ("warning_share", models.FloatField(default=0.75)),
            ],
            options={
                "db_table": "objective",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "measure", "ticket_type"), name="objective_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Violation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.troubleticket",
                    ),
                ),
                ("measure", models.TextField()),
                ("agreement", models.TextField()),
                ("priority", models.TextField()),
                ("cause", models.BigIntegerField()),
                ("started_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
            ],
            options={
                "db_table": "violation",
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "cause"), name="violation_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ticket_id", models.BigIntegerField()),
                ("measure", models.TextField()),
                ("agreement", models.TextField()),
                ("cause", models.BigIntegerField()),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("warn_at", models.DateTimeField(null=True)),
                ("paused_since", models.DateTimeField(null=True)),
                ("state", models.TextField()),
                ("target_seconds", models.BigIntegerField()),
                ("used_seconds", models.FloatField()),
                ("warned", models.BooleanField()),
            ],
            options={
                "db_table": "promise_clock",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ticket_id", "measure"), name="promise_clock_once"
                    )
                ],
                "indexes": [
                    models.Index(condition=_OWED, fields=["due_at"], name="promise_clock_owed")
                ],
            },
        ),
        migrations.CreateModel(
            name="NextPromise",
            fields=[
                ("ticket_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("measure", models.TextField()),
                ("due_at", models.DateTimeField(null=True)),
                ("is_warned", models.BooleanField()),
                ("agreement", models.TextField()),
                ("service_id", models.BigIntegerField(null=True)),
                ("edition", models.BigIntegerField()),
                ("next_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "next_promise",
                "indexes": [
                    models.Index(fields=["due_at", "ticket_id"], name="next_promise_due"),
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["next_at"],
                        name="next_promise_ring",
                    ),
                    models.Index(
                        condition=models.Q(("service_id__isnull", False)),
                        fields=["service_id"],
                        name="next_promise_service",
                    ),
                ],
            },
        ),
        migrations.RunSQL(STAMP, NO_STAMP),
        guard.guard("agreement", "agreement"),
        guard.guard_child("objective"),
        guard.guard("violation", "violation"),
    ]
