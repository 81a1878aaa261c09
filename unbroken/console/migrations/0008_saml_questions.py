"""Expand: questions to SAML providers that wait for their answer.

Safe while the old code still runs: yes, nothing stood here before.
Undo: migrate console to 0007; whoever is on the way begins anew.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("console", "0007_mail_to_agents")]

    operations = [
        migrations.CreateModel(
            name="SamlQuestion",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("provider_id", models.BigIntegerField()),
                ("answer", models.TextField(default="")),
                ("ends_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "saml_question",
                "indexes": [models.Index(fields=["ends_at"], name="saml_question_over")],
            },
        ),
    ]
