"""Expand: carriers' notices of work as they were read, for a person to decide on.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate intake to 0002; the notices stay in the mails they came with.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_channel_settings")]

    operations = [
        migrations.CreateModel(
            name="CarrierNotice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("intake_id", models.BigIntegerField()),
                ("ticket_id", models.BigIntegerField()),
                ("provider", models.TextField()),
                ("number", models.TextField(default="")),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "things",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("impact", models.TextField(default="")),
                ("status", models.TextField(default="")),
                ("stamped_at", models.DateTimeField()),
                (
                    "doubts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("read", models.JSONField(default=dict)),
                ("state", models.TextField()),
            ],
            options={
                "db_table": "carrier_notice",
                "indexes": [
                    models.Index(fields=["provider", "number"], name="carrier_notice_key"),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["id"],
                        name="carrier_notice_open",
                    ),
                    models.Index(fields=["ticket_id"], name="carrier_notice_ticket"),
                ],
            },
        ),
        guard.guard("carrier_notice", "carrier_notice"),
    ]
