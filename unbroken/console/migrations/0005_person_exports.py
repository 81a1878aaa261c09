"""Expand: files with what is kept of a person, made to be handed to them.

Safe while the old code still runs: yes, nobody writes here yet.
Undo: migrate console to 0004; the files are lost and can be made again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("console", "0004_the_bell")]

    operations = [
        migrations.CreateModel(
            name="PersonExport",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("contact", models.BigIntegerField()),
                ("agent", models.BigIntegerField()),
                ("state", models.TextField()),
                ("size", models.BigIntegerField(default=0)),
                ("data", models.BinaryField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField()),
            ],
            options={
                "db_table": "person_export",
                "indexes": [models.Index(fields=["contact"], name="person_export_contact")],
            },
        ),
    ]
