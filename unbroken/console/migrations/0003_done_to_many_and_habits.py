"""Expand: remember what was done to many at once, to take it back; and how somebody works.

Safe while the old code still runs: yes, the table is new.
Undo: drop the table; what was done stays done and can no longer be taken back at once.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("console", "0002_saved_lists"), ("staffing", "0001_first_tables")]
    operations = [
        migrations.CreateModel(
            name="DoneToMany",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("deed", models.TextField()),
                ("word", models.TextField()),
                ("results", models.JSONField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=models.DO_NOTHING, related_name="+", to="staffing.agent"
                    ),
                ),
            ],
            options={"db_table": "done_to_many"},
        ),
        migrations.CreateModel(
            name="Habit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("has_shortcuts", models.BooleanField(default=True)),
                (
                    "agent",
                    models.OneToOneField(
                        on_delete=models.DO_NOTHING, related_name="+", to="staffing.agent"
                    ),
                ),
            ],
            options={"db_table": "habit"},
        ),
    ]
