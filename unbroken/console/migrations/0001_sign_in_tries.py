"""Expand: remember failed sign-ins, so that passwords cannot be guessed.

Safe while the old code still runs: yes, the table is new.
Undo: drop the table; only the pauses after wrong passwords are forgotten.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="SignInTry",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("failures", models.IntegerField()),
                ("last_at", models.DateTimeField()),
            ],
            options={"db_table": "sign_in_try"},
        ),
    ]
