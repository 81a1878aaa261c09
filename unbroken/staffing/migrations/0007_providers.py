"""Expand: organisations that vouch for agents by SAML.

Safe while the old code still runs: yes, nothing stood here before.
Undo: migrate staffing to 0006; nobody comes in by them any more.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    dependencies = [("staffing", "0006_shifts")]

    operations = [
        migrations.CreateModel(
            name="IdentityProvider",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("name", models.TextField()),
                ("entity_id", models.TextField(unique=True)),
                ("sign_in_url", models.TextField()),
                (
                    "certificates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("subject_attribute", models.TextField(default="")),
                ("email_attribute", models.TextField(default="")),
                ("name_attribute", models.TextField(default="")),
                ("by_address", models.BooleanField(default=False)),
                ("role", models.TextField(default="")),
                ("active", models.BooleanField(default=True)),
            ],
            options={"db_table": "identity_provider"},
        ),
        guard.guard("provider", "identity_provider"),
    ]
