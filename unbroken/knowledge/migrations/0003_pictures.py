"""Expand: pictures in articles.

Safe while old code runs: yes, it shows articles without them.
Undo: migrate knowledge to 0002; articles then show the words of their pictures only.
"""

from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0002_versions_search_use_and_canned_answers")]

    operations = [
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("name", models.TextField()),
                ("media_type", models.TextField()),
                ("size", models.BigIntegerField()),
                ("width", models.IntegerField()),
                ("height", models.IntegerField()),
                ("blob_id", models.BigIntegerField()),
            ],
            options={"db_table": "article_picture"},
        ),
        guard.guard("picture", "article_picture"),
    ]
