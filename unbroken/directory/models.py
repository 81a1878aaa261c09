"""The provider's card index: customers and their people, places, services and the network below.

`key` is always the provider's own id, which makes a second import an update; it is empty for what
was first seen here. Nothing in this room is deleted: an address is taken off, a service ends.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from unbroken.ground.models import Guarded, GuardedChild


class Partner(Guarded):
    """A carrier or supplier who answers for a part of the way."""

    stream = "partner"

    key = models.TextField(unique=True)
    name = models.TextField()
    email = models.TextField(default="", blank=True)

    class Meta:
        db_table = "partner"


class Customer(Guarded):
    """Who has the contract: a household, a company (or its department), a reseller.

    `engineer`: the number of the agent who is named for them, 0 for nobody.
    """

    stream = "customer"

    key = models.TextField(null=True, blank=True, unique=True)
    name = models.TextField()
    kind = models.TextField(default="household")
    language = models.TextField(default="en")
    timezone = models.TextField(default="", blank=True)
    parent = models.ForeignKey(
        "directory.Customer", models.DO_NOTHING, null=True, blank=True, related_name="children"
    )
    vip = models.BooleanField(default=False)
    agreement = models.TextField(default="", db_default="", blank=True)
    engineer = models.BigIntegerField(default=0, db_default=0)
    merged_into = models.ForeignKey(
        "directory.Customer",
        models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    class Meta:
        db_table = "customer"


class Place(Guarded):
    """A place on the map, or a customer's site or department (then it has a customer)."""

    stream = "place"

    key = models.TextField(null=True, blank=True, unique=True)
    kind = models.TextField(default="area")
    name = models.TextField()
    timezone = models.TextField(default="", blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    customer = models.ForeignKey(
        Customer, models.DO_NOTHING, null=True, blank=True, related_name="places"
    )
    part_of = models.ForeignKey(
        "directory.Place", models.DO_NOTHING, null=True, blank=True, related_name="parts"
    )

    class Meta:
        db_table = "place"


class Contact(Guarded):
    """A person who speaks to us. Without a customer: to be confirmed by an agent, never guessed.

    At a company, `manages` says who sees what, `approves` orders above `order_limit` (none: no
    limit), and `sees` is "own", "sites" (those in `sites` and what is part of them) or "all".
    `mails`: of which news about their requests they want mail. `news_by`: how news of trouble and
    of planned work comes to them. `left_at`: speaks for nobody now.
    """

    stream = "contact"

    key = models.TextField(null=True, blank=True, unique=True)
    customer = models.ForeignKey(
        Customer, models.DO_NOTHING, null=True, blank=True, related_name="contacts"
    )
    place = models.ForeignKey(
        Place, models.DO_NOTHING, null=True, blank=True, related_name="contacts"
    )
    name = models.TextField(default="", blank=True)
    language = models.TextField(default="", blank=True)
    timezone = models.TextField(default="", blank=True)
    confirmed = models.BooleanField(default=False)
    manages = models.BooleanField(default=False, db_default=False)
    approves = models.BooleanField(default=False, db_default=False)
    sees = models.TextField(default="own", db_default="own")
    sites = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    order_limit = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    mails = models.TextField(default="all", db_default="all")
    news_by = models.TextField(default="mail", db_default="mail")
    left_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "directory.Contact",
        models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    class Meta:
        db_table = "contact"
        constraints = [
            models.CheckConstraint(
                name="contact_confirmed_has_customer",
                condition=Q(confirmed=False) | Q(customer__isnull=False),
            )
        ]


class ContactAddress(GuardedChild):
    """Where a contact can be reached. Several may share one: a company's info@."""

    contact = models.ForeignKey(Contact, models.DO_NOTHING, related_name="addresses")
    kind = models.TextField()
    value = models.TextField()
    normal = models.TextField()
    state = models.TextField(default="unknown")
    taken_off = models.BooleanField(default=False)
    from_inventory = models.BooleanField(default=False)

    class Meta:
        db_table = "contact_address"
        constraints = [
            models.UniqueConstraint(
                name="contact_address_once",
                fields=["contact", "kind", "normal"],
                condition=~Q(normal=""),
            )
        ]
        indexes = [
            models.Index(
                name="contact_address_lookup",
                fields=["kind", "normal"],
                condition=Q(taken_off=False),
            )
        ]


class Product(Guarded):
    """What we sell under one name: DSL 50, Shared hosting M.

    `down_kbit`: what it gives, and `monthly_price`: what it costs now; none where nobody told us.
    """

    stream = "product"

    key = models.TextField(unique=True)
    name = models.TextField()
    technology = models.TextField(default="", blank=True)
    agreement = models.TextField(default="", db_default="", blank=True)
    down_kbit = models.PositiveBigIntegerField(null=True)
    monthly_price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.TextField(default="", db_default="", blank=True)

    class Meta:
        db_table = "product"


class Resource(Guarded):
    """A thing in the network, and who answers for it: us, the customer or a partner."""

    stream = "resource"

    key = models.TextField(unique=True)
    kind = models.TextField()
    name = models.TextField(default="", blank=True)
    address = models.TextField(default="", blank=True)
    radius_secret = models.TextField(default="", blank=True)
    model = models.TextField(default="", blank=True)
    circuit = models.TextField(default="", blank=True)
    owner = models.TextField(default="us")
    place = models.ForeignKey(
        Place, models.DO_NOTHING, null=True, blank=True, related_name="resources"
    )

    class Meta:
        db_table = "resource"
        indexes = [
            models.Index(name="resource_address", fields=["address"], condition=~Q(address="")),
            models.Index(Upper("circuit"), name="resource_circuit", condition=~Q(circuit="")),
        ]

    def __repr__(self) -> str:
        """Never with the secret."""
        return f"<Resource {self.key}>"


class ResourceParent(GuardedChild):
    """What a resource stops working without: the network above it, the power that feeds it."""

    resource = models.ForeignKey(Resource, models.DO_NOTHING, related_name="parent_links")
    parent = models.ForeignKey(Resource, models.DO_NOTHING, related_name="child_links")
    cut = models.BooleanField(default=False)

    class Meta:
        db_table = "resource_parent"
        constraints = [
            models.UniqueConstraint(name="resource_parent_once", fields=["resource", "parent"]),
            models.CheckConstraint(
                name="resource_parent_not_itself", condition=~Q(resource=models.F("parent"))
            ),
        ]


class Service(Guarded):
    """What a customer buys from us at one place, and the line or machine that carries it."""

    stream = "service"

    key = models.TextField(null=True, blank=True, unique=True)
    customer = models.ForeignKey(Customer, models.DO_NOTHING, related_name="services")
    product = models.ForeignKey(
        Product, models.DO_NOTHING, null=True, blank=True, related_name="services"
    )
    technology = models.TextField(default="", blank=True)
    access_name = models.TextField(default="", blank=True)
    circuit = models.TextField(default="", blank=True)
    ip = models.GenericIPAddressField(null=True, blank=True)
    resource = models.ForeignKey(
        Resource, models.DO_NOTHING, null=True, blank=True, related_name="services"
    )
    place = models.ForeignKey(
        Place, models.DO_NOTHING, null=True, blank=True, related_name="services"
    )
    agreement = models.TextField(default="", blank=True)
    monthly_price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.TextField(default="", blank=True)
    session_timeout = models.PositiveBigIntegerField(null=True, blank=True)
    quota_octets = models.PositiveBigIntegerField(null=True, blank=True)
    quota_day = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.TextField(default="active")

    class Meta:
        db_table = "service"
        indexes = [
            models.Index(
                name="service_access_name", fields=["access_name"], condition=~Q(access_name="")
            ),
            models.Index(Upper("circuit"), name="service_circuit", condition=~Q(circuit="")),
            models.Index(name="service_ip", fields=["ip"], condition=Q(ip__isnull=False)),
        ]
