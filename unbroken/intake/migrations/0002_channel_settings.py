"""Expand: what an operator says of a channel on its page.

Safe while old code runs: yes, it reads the environment alone.
Undo: migrate intake to 0001.
"""

from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_first_tables")]

    operations = [
        migrations.CreateModel(
            name="ChannelSetting",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("says", models.JSONField(default=dict)),
            ],
            options={"db_table": "channel_setting"},
        ),
        guard.guard("channel", "channel_setting"),
    ]
