"""Expand: the log, letters, words and blobs, with the guards behind them.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate ground to zero.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.CreateModel(
            name="EventRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("kind", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("data", models.JSONField()),
                ("imported", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "ground_event",
                "constraints": [
                    models.UniqueConstraint(fields=["stream", "version"], name="ground_event_once")
                ],
                "indexes": [BrinIndex(fields=["at"], name="ground_event_at")],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("box", models.TextField()),
                ("stream", models.TextField()),
                ("event_id", models.BigIntegerField()),
                ("attempts", models.SmallIntegerField(db_default=0)),
                ("not_before", models.DateTimeField(null=True)),
                ("parked_at", models.DateTimeField(null=True)),
                ("error", models.TextField(null=True)),
            ],
            options={
                "db_table": "ground_letter",
                "indexes": [
                    models.Index(fields=["box", "event_id"], name="ground_letter_box"),
                    models.Index(
                        fields=["box", "stream"],
                        name="ground_letter_parked",
                        condition=models.Q(parked_at__isnull=False),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Box",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("batch_open", models.BooleanField(default=False)),
            ],
            options={"db_table": "ground_box"},
        ),
        migrations.CreateModel(
            name="Said",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("whose", models.TextField()),
                ("text", models.TextField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "ground_said",
                "indexes": [models.Index(fields=["whose"], name="ground_said_whose")],
            },
        ),
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("sha256", models.BinaryField(max_length=32)),
                ("size", models.BigIntegerField()),
                ("whose", models.TextField()),
                ("data", models.BinaryField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "ground_blob",
                "indexes": [models.Index(fields=["whose"], name="ground_blob_whose")],
            },
        ),
        guard.functions(),
        guard.guard_child("ground_said"),
        guard.guard_child("ground_blob"),
    ]
