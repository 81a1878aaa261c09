"""Move: the keys of other systems are spoken for by staffing; no row and no table changes.

Safe while the old code still runs: yes, the table stays under its name.
Undo: migrate api to 0001.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("api", "0001_first_tables"), ("staffing", "0009_tokens")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="answered",
                    name="token",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="staffing.apitoken",
                    ),
                ),
                migrations.DeleteModel(name="ApiToken"),
            ]
        )
    ]
