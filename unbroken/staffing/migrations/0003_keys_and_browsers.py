"""Expand: authenticators, recovery codes and passkeys; in which browsers somebody is signed in.

Safe while old code runs: yes, nothing stood here before; it asks for no second proof.
Undo: migrate staffing to 0002; everybody signs in with their password alone.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staffing", "0002_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Browser",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("session_key", models.TextField(unique=True)),
                ("place", models.TextField()),
                ("device", models.TextField()),
                ("way", models.TextField()),
                ("since_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="browsers",
                        to="staffing.agent",
                    ),
                ),
            ],
            options={
                "db_table": "browser",
            },
        ),
        migrations.CreateModel(
            name="SignInKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("name", models.TextField(default="")),
                ("secret", models.TextField(default="")),
                ("credential", models.BinaryField(null=True)),
                ("public_key", models.BinaryField(null=True)),
                ("counter", models.BigIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="keys",
                        to="staffing.agent",
                    ),
                ),
            ],
            options={
                "db_table": "sign_in_key",
                "indexes": [models.Index(fields=["agent", "kind"], name="sign_in_key_agent")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "credential"), name="sign_in_key_once")
                ],
            },
        ),
    ]
