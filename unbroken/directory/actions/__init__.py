"""The only functions that change the card index, one sentence each.

People and contracts are in `people`, the network and what runs over it in `network`; `many` says
some of them for a whole inventory.
"""

from unbroken.directory.actions.many import (
    NewContact,
    NewResource,
    register_contacts,
    register_customers,
    register_resources,
    register_services,
)
from unbroken.directory.actions.network import (
    change_partner,
    change_place,
    change_product,
    change_resource,
    change_service,
    register_partner,
    register_place,
    register_product,
    register_resource,
    register_service,
)
from unbroken.directory.actions.people import (
    add_address,
    change_contact,
    change_customer,
    confirm_contact,
    note_address_state,
    register_contact,
    register_customer,
    take_off_address,
)

__all__ = [
    "NewContact",
    "NewResource",
    "add_address",
    "change_contact",
    "change_customer",
    "change_partner",
    "change_place",
    "change_product",
    "change_resource",
    "change_service",
    "confirm_contact",
    "note_address_state",
    "register_contact",
    "register_contacts",
    "register_customer",
    "register_customers",
    "register_partner",
    "register_place",
    "register_product",
    "register_resource",
    "register_resources",
    "register_service",
    "register_services",
    "take_off_address",
]
