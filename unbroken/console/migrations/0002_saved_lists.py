"""Expand: lists that somebody gave a name, for themselves, a team or everybody.

Safe while the old code still runs: yes, the table is new.
Undo: drop the table; the saved lists are forgotten, their words live in old addresses.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("console", "0001_sign_in_tries"),
        ("staffing", "0001_first_tables"),
    ]
    operations = [
        migrations.CreateModel(
            name="SavedList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.TextField()),
                ("name", models.TextField()),
                ("words", models.TextField()),
                ("position", models.IntegerField()),
                ("is_pinned", models.BooleanField(default=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=models.DO_NOTHING, related_name="+", to="staffing.agent"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="staffing.team",
                    ),
                ),
            ],
            options={"db_table": "saved_list"},
        ),
    ]
