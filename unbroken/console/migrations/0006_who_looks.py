"""Expand: which page of a ticket is open at whose desk, and who writes on it.

Safe while the old code still runs: yes, the table is new. It is not written to the log of the
database (unlogged): after a crash it is empty, and every open page says anew that it is there.
Undo: migrate console to 0005; nothing is lost.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("console", "0005_person_exports"),
        ("conversation", "0001_first_tables"),
        ("staffing", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Looking",
            fields=[
                ("line", models.TextField(primary_key=True, serialize=False)),
                ("until", models.DateTimeField()),
                ("writing_until", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="staffing.agent",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="conversation.troubleticket",
                    ),
                ),
            ],
            options={"db_table": "looking"},
        ),
        migrations.RunSQL("ALTER TABLE looking SET UNLOGGED", migrations.RunSQL.noop),
    ]
