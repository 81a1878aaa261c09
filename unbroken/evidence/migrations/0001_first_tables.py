"""Expand: the tables of what the network says; four of them partitioned by time.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate evidence to zero; everything that networks said is lost.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

BY_TIME = """
CREATE SEQUENCE radius_batch_id_seq;

-- Raw accounting records, a row for each commit of the door.
CREATE TABLE radius_batch (
    id bigint NOT NULL DEFAULT nextval('radius_batch_id_seq'),
    taken_at timestamptz NOT NULL,
    count integer NOT NULL,
    entries bytea NOT NULL,
    PRIMARY KEY (id, taken_at)
) PARTITION BY RANGE (taken_at);
-- Packed already.
ALTER TABLE radius_batch ALTER COLUMN entries SET STORAGE EXTERNAL;

CREATE TABLE radius_seen (
    key uuid NOT NULL,
    day date NOT NULL,
    PRIMARY KEY (key, day)
) PARTITION BY RANGE (day);

CREATE TABLE observation (
    resource text NOT NULL,
    at timestamptz NOT NULL,
    names_id bigint NOT NULL,
    "values" jsonb NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (resource, at, names_id)
) PARTITION BY RANGE (at);

CREATE TABLE log_line (
    key uuid NOT NULL,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    host text NOT NULL,
    resource text NOT NULL,
    "user" text NOT NULL,
    severity smallint,
    kind text NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (key, at)
) PARTITION BY RANGE (at);
CREATE INDEX log_line_resource ON log_line (resource, at) WHERE resource <> '';
CREATE INDEX log_line_user ON log_line ("user", at) WHERE "user" <> '';
CREATE INDEX log_line_host ON log_line (host, at);
"""

NOT_BY_TIME = """
DROP TABLE log_line, observation, radius_seen, radius_batch;
DROP SEQUENCE radius_batch_id_seq;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ReadingNames",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None, unique=True
                    ),
                ),
            ],
            options={
                "db_table": "reading_names",
            },
        ),
        migrations.CreateModel(
            name="RadiusWaiting",
            fields=[
                ("batch_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("taken_at", models.DateTimeField()),
            ],
            options={
                "db_table": "radius_waiting",
            },
        ),
        migrations.CreateModel(
            name="AccountingPulse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nas", models.TextField()),
                ("slot", models.DateTimeField()),
                ("records", models.IntegerField()),
            ],
            options={
                "db_table": "accounting_pulse",
                "constraints": [
                    models.UniqueConstraint(fields=("nas", "slot"), name="accounting_pulse_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("resource", models.TextField()),
                ("at", models.DateTimeField()),
                ("type", models.TextField()),
                ("state", models.TextField()),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "db_table": "network_alarm",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("resource", "at", "type", "state"), name="network_alarm_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DoorCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("door", models.TextField()),
                ("what", models.TextField()),
                ("slot", models.SmallIntegerField()),
                ("count", models.BigIntegerField()),
            ],
            options={
                "db_table": "door_count",
                "constraints": [
                    models.UniqueConstraint(fields=("door", "what", "slot"), name="door_count_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="NasRestart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nas", models.TextField()),
                ("at", models.DateTimeField()),
                ("kind", models.TextField()),
                ("arrived_at", models.DateTimeField()),
            ],
            options={
                "db_table": "nas_restart",
                "constraints": [
                    models.UniqueConstraint(fields=("nas", "at", "kind"), name="nas_restart_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RadiusReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("user", models.TextField()),
                ("at", models.DateTimeField()),
                ("kind", models.TextField()),
                ("nas", models.TextField(default="")),
                ("message", models.TextField(default="")),
                ("timeout", models.BigIntegerField(null=True)),
                ("arrived_at", models.DateTimeField()),
            ],
            options={
                "db_table": "radius_reply",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "at", "kind", "nas"), name="radius_reply_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nas", models.TextField()),
                ("session", models.TextField()),
                ("user", models.TextField()),
                ("circuit", models.TextField(default="")),
                ("mac", models.TextField(default="")),
                ("port", models.TextField(default="")),
                ("address", models.GenericIPAddressField(null=True)),
                ("prefix", models.TextField(default="")),
                ("started_at", models.DateTimeField()),
                ("started_by_start", models.BooleanField()),
                ("start_arrived_at", models.DateTimeField()),
                ("heard_at", models.DateTimeField()),
                ("heard_arrived_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_arrived_at", models.DateTimeField(null=True)),
                ("ended_by", models.TextField(default="")),
                ("cause", models.SmallIntegerField(null=True)),
                ("seconds", models.BigIntegerField(null=True)),
                ("input_octets", models.BigIntegerField(default=0)),
                ("output_octets", models.BigIntegerField(default=0)),
                ("interim", models.IntegerField(null=True)),
                ("line", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "radius_session",
                "indexes": [
                    models.Index(fields=["nas", "session"], name="radius_session_id"),
                    models.Index(fields=["user", "started_at"], name="radius_session_user"),
                    models.Index(
                        condition=models.Q(("circuit", ""), _negated=True),
                        fields=["circuit", "started_at"],
                        name="radius_session_circuit",
                    ),
                    models.Index(
                        condition=models.Q(("address__isnull", False)),
                        fields=["address", "started_at"],
                        name="radius_session_address",
                    ),
                    models.Index(
                        condition=models.Q(("ended_by", "stop"), _negated=True),
                        fields=["nas", "started_at"],
                        name="radius_session_unstopped",
                    ),
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(BY_TIME, NOT_BY_TIME)],
            state_operations=[
                migrations.CreateModel(
                    name="LogLine",
                    fields=[
                        ("key", models.UUIDField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        ("host", models.TextField()),
                        ("resource", models.TextField(default="")),
                        ("user", models.TextField(default="")),
                        ("severity", models.SmallIntegerField(null=True)),
                        ("kind", models.TextField(default="")),
                        ("text", models.TextField()),
                    ],
                    options={
                        "db_table": "log_line",
                    },
                ),
                migrations.CreateModel(
                    name="RadiusBatch",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("taken_at", models.DateTimeField()),
                        ("count", models.IntegerField()),
                        ("entries", models.BinaryField()),
                    ],
                    options={
                        "db_table": "radius_batch",
                    },
                ),
                migrations.CreateModel(
                    name="RadiusSeen",
                    fields=[
                        ("key", models.UUIDField(primary_key=True, serialize=False)),
                        ("day", models.DateField()),
                    ],
                    options={
                        "db_table": "radius_seen",
                    },
                ),
                migrations.CreateModel(
                    name="Observation",
                    fields=[
                        ("resource", models.TextField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("values", models.JSONField()),
                        ("received_at", models.DateTimeField()),
                        (
                            "names",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="evidence.readingnames",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "observation",
                    },
                ),
            ],
        ),
    ]
