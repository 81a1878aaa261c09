"""Contract: proposals for a week stand by team; those in the making are thrown away.

Safe while the old code still runs: its page of the plan fails until it is restarted; shifts and
swaps go on.
Undo: migrate staffing to 0011; proposals are thrown away again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staffing", "0011_plans_in_the_making")]

    operations = [
        migrations.DeleteModel("plandraft"),
        migrations.CreateModel(
            name="PlanDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("monday", models.DateField()),
                ("team_id", models.BigIntegerField(default=0, db_default=0)),
                ("wanted_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(null=True)),
                ("shifts", models.JSONField(default=list)),
            ],
            options={
                "db_table": "plan_draft",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["monday", "team_id"], name="plan_draft_week_team"
                    )
                ],
            },
        ),
    ]
