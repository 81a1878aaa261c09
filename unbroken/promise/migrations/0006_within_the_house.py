"""Expand: targets of teams and partners within the house, their clocks, promises over a month.

Safe while old code runs: yes, old code reads none of it; its stamp tells of more than it uses.
Undo: migrate promise to 0005; every such target is lost.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

from unbroken.ground import guard

STAMP = """
CREATE OR REPLACE FUNCTION promise_stamp() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN concat_ws('/',
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id) FROM agreement),
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id)
         FROM working_calendar),
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id) FROM holiday_set),
        (SELECT concat_ws('.', count(*), sum(version)) FROM topic),
        (SELECT concat_ws('.', count(*), sum(version)) FROM internal_target));
END $$
"""
STAMP_BEFORE = """
CREATE OR REPLACE FUNCTION promise_stamp() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN concat_ws('/',
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id) FROM agreement),
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id)
         FROM working_calendar),
        (SELECT string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id) FROM holiday_set),
        (SELECT concat_ws('.', count(*), sum(version)) FROM topic));
END $$
"""
_OWED = Q(("due_at__isnull", False), ("ended_at__isnull", True))


def _guarded() -> list[tuple[str, Any]]:
    return [
        ("id", models.BigAutoField(primary_key=True, serialize=False)),
        ("version", models.IntegerField(default=0)),
        ("changed_at", models.DateTimeField()),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("promise", "0005_prices"),
    ]

    operations = [
        migrations.CreateModel(
            name="PeriodObjective",
            fields=[
                *_guarded(),
                ("agreement", models.TextField()),
                ("measure", models.TextField()),
                ("percent", models.DecimalField(decimal_places=3, max_digits=6)),
                ("seconds", models.BigIntegerField(null=True)),
                ("is_on", models.BooleanField(default=True)),
            ],
            options={"db_table": "period_objective"},
        ),
        migrations.CreateModel(
            name="InternalTarget",
            fields=[
                *_guarded(),
                ("whose", models.TextField()),
                ("whose_id", models.BigIntegerField()),
                ("calendar", models.TextField()),
                ("seconds", models.JSONField(default=dict)),
                ("warning_share", models.FloatField(default=0.75)),
            ],
            options={
                "db_table": "internal_target",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("whose", "whose_id"), name="internal_target_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LegClock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ticket_id", models.BigIntegerField()),
                ("whose", models.TextField()),
                ("whose_id", models.BigIntegerField()),
                ("cause", models.BigIntegerField()),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("warn_at", models.DateTimeField(null=True)),
                ("target_seconds", models.BigIntegerField()),
                ("used_seconds", models.FloatField()),
            ],
            options={
                "db_table": "leg_clock",
                "indexes": [
                    models.Index(condition=_OWED, fields=["due_at"], name="leg_clock_owed")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ticket_id", "whose", "cause"), name="leg_clock_once"
                    )
                ],
            },
        ),
        guard.guard("period_objective", "period_objective"),
        guard.guard("internal_target", "internal_target"),
        migrations.RunSQL(STAMP, STAMP_BEFORE),
    ]
