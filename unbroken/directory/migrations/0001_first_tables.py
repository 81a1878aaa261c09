"""Expand: customers and their people, places, services and the network under them.

Safe while old code runs: yes, nothing stood here before.
Undo: migrate directory to zero.
"""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

from unbroken.ground import guard


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ground", "0001_the_ground"),
    ]

    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("name", models.TextField()),
                ("email", models.TextField(blank=True, default="")),
            ],
            options={
                "db_table": "partner",
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("name", models.TextField()),
                ("technology", models.TextField(blank=True, default="")),
            ],
            options={
                "db_table": "product",
            },
        ),
        migrations.CreateModel(
            name="Customer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(blank=True, null=True, unique=True)),
                ("name", models.TextField()),
                ("kind", models.TextField(default="household")),
                ("language", models.TextField(default="en")),
                ("timezone", models.TextField(blank=True, default="")),
                ("vip", models.BooleanField(default=False)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="children",
                        to="directory.customer",
                    ),
                ),
            ],
            options={
                "db_table": "customer",
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(blank=True, null=True, unique=True)),
                ("kind", models.TextField(default="area")),
                ("name", models.TextField()),
                ("timezone", models.TextField(blank=True, default="")),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="places",
                        to="directory.customer",
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="parts",
                        to="directory.place",
                    ),
                ),
            ],
            options={
                "db_table": "place",
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(blank=True, null=True, unique=True)),
                ("name", models.TextField(blank=True, default="")),
                ("language", models.TextField(blank=True, default="")),
                ("timezone", models.TextField(blank=True, default="")),
                ("confirmed", models.BooleanField(default=False)),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="contacts",
                        to="directory.customer",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="contacts",
                        to="directory.place",
                    ),
                ),
            ],
            options={
                "db_table": "contact",
            },
        ),
        migrations.CreateModel(
            name="Resource",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(unique=True)),
                ("kind", models.TextField()),
                ("name", models.TextField(blank=True, default="")),
                ("address", models.TextField(blank=True, default="")),
                ("radius_secret", models.TextField(blank=True, default="")),
                ("model", models.TextField(blank=True, default="")),
                ("circuit", models.TextField(blank=True, default="")),
                ("owner", models.TextField(default="us")),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="resources",
                        to="directory.place",
                    ),
                ),
            ],
            options={
                "db_table": "resource",
            },
        ),
        migrations.CreateModel(
            name="ResourceParent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("cut", models.BooleanField(default=False)),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="child_links",
                        to="directory.resource",
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="parent_links",
                        to="directory.resource",
                    ),
                ),
            ],
            options={
                "db_table": "resource_parent",
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("key", models.TextField(blank=True, null=True, unique=True)),
                ("technology", models.TextField(blank=True, default="")),
                ("access_name", models.TextField(blank=True, default="")),
                ("circuit", models.TextField(blank=True, default="")),
                ("ip", models.GenericIPAddressField(blank=True, null=True)),
                ("agreement", models.TextField(blank=True, default="")),
                (
                    "monthly_price",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
                ),
                ("currency", models.TextField(blank=True, default="")),
                ("session_timeout", models.PositiveBigIntegerField(blank=True, null=True)),
                ("quota_octets", models.PositiveBigIntegerField(blank=True, null=True)),
                ("quota_day", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("state", models.TextField(default="active")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="services",
                        to="directory.customer",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="services",
                        to="directory.place",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="services",
                        to="directory.product",
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="services",
                        to="directory.resource",
                    ),
                ),
            ],
            options={
                "db_table": "service",
            },
        ),
        migrations.CreateModel(
            name="ContactAddress",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("version", models.IntegerField()),
                ("kind", models.TextField()),
                ("value", models.TextField()),
                ("normal", models.TextField()),
                ("state", models.TextField(default="unknown")),
                ("taken_off", models.BooleanField(default=False)),
                ("from_inventory", models.BooleanField(default=False)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="addresses",
                        to="directory.contact",
                    ),
                ),
            ],
            options={
                "db_table": "contact_address",
                "indexes": [
                    models.Index(
                        condition=models.Q(("taken_off", False)),
                        fields=["kind", "normal"],
                        name="contact_address_lookup",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("normal", ""), _negated=True),
                        fields=("contact", "kind", "normal"),
                        name="contact_address_once",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed", False), ("customer__isnull", False), _connector="OR"
                ),
                name="contact_confirmed_has_customer",
            ),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=models.Index(
                condition=models.Q(("address", ""), _negated=True),
                fields=["address"],
                name="resource_address",
            ),
        ),
        migrations.AddIndex(
            model_name="resource",
            index=models.Index(
                django.db.models.functions.text.Upper("circuit"),
                condition=models.Q(("circuit", ""), _negated=True),
                name="resource_circuit",
            ),
        ),
        migrations.AddConstraint(
            model_name="resourceparent",
            constraint=models.UniqueConstraint(
                fields=("resource", "parent"), name="resource_parent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="resourceparent",
            constraint=models.CheckConstraint(
                condition=models.Q(("resource", models.F("parent")), _negated=True),
                name="resource_parent_not_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="service",
            index=models.Index(
                condition=models.Q(("access_name", ""), _negated=True),
                fields=["access_name"],
                name="service_access_name",
            ),
        ),
        migrations.AddIndex(
            model_name="service",
            index=models.Index(
                django.db.models.functions.text.Upper("circuit"),
                condition=models.Q(("circuit", ""), _negated=True),
                name="service_circuit",
            ),
        ),
        migrations.AddIndex(
            model_name="service",
            index=models.Index(
                condition=models.Q(("ip__isnull", False)), fields=["ip"], name="service_ip"
            ),
        ),
        guard.guard("partner", "partner"),
        guard.guard("product", "product"),
        guard.guard("customer", "customer"),
        guard.guard("place", "place"),
        guard.guard("contact", "contact"),
        guard.guard_child("contact_address"),
        guard.guard("resource", "resource"),
        guard.guard_child("resource_parent"),
        guard.guard("service", "service"),
    ]
