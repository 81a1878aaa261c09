"""Expand: which rows of a `radacct` table elsewhere are looked at again.

Safe while old code runs: yes, it does not know the table.
Undo: migrate evidence to 0005; open sessions of that table then get no stop from it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0005_service_tests")]

    operations = [
        migrations.CreateModel(
            name="RadacctOpen",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("heard_at", models.DateTimeField()),
            ],
            options={"db_table": "radacct_open"},
        ),
    ]
