"""Tables of orders and their steps."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from unbroken.ground.models import Guarded, GuardedChild


class ServiceOrder(Guarded):
    """What a customer ordered. Its state follows from its steps, in TM Forum's words (TMF622).

    `kind`: new, change, move. `product`: what it is called; lead times are reported by it.
    """

    stream: ClassVar[str] = "order"

    customer = models.ForeignKey("directory.Customer", models.DO_NOTHING, related_name="+")
    service = models.ForeignKey(
        "directory.Service", models.DO_NOTHING, null=True, related_name="+", db_index=False
    )
    ticket_id = models.BigIntegerField(null=True)
    kind = models.TextField()
    product = models.TextField()
    state = models.TextField()
    ordered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "service_order"
        indexes = [
            models.Index(
                fields=["ordered_at"],
                name="service_order_open",
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(fields=["ended_at"], name="service_order_ended"),
        ]


class OrderStep(GuardedChild):
    """A step of an order: who does it, by when, what the customer has after it.

    `key`: interim (the most that present equipment gives), part, full, papers. `owner`: a team, or
    a partner's key. `part`: the spare part it waits for. `kbit`: what the customer gets then.
    """

    order = models.ForeignKey(ServiceOrder, models.DO_NOTHING, related_name="steps")
    place = models.SmallIntegerField()
    key = models.TextField()
    team = models.ForeignKey("staffing.Team", models.DO_NOTHING, null=True, related_name="+")
    partner = models.TextField(default="")
    part = models.TextField(default="")
    kbit = models.BigIntegerField(null=True)
    promised_at = models.DateTimeField(null=True)
    state = models.TextField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "order_step"
