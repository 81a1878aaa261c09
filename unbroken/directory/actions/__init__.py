"""The only functions that change the card index, one sentence each.

People and contracts are in `people`, who sees what of a company in `company`, the network and what
runs over it in `network`; `many` says some of them for a whole inventory.
"""

from unbroken.directory.actions.company import (
    accept_invitation,
    invite_colleague,
    let_go,
    set_rights,
)
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
from unbroken.directory.actions.same import merge_contacts, merge_customers, move_contact

__all__ = [
    "NewContact",
    "NewResource",
    "accept_invitation",
    "add_address",
    "change_contact",
    "change_customer",
    "change_partner",
    "change_place",
    "change_product",
    "change_resource",
    "change_service",
    "confirm_contact",
    "invite_colleague",
    "let_go",
    "merge_contacts",
    "merge_customers",
    "move_contact",
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
    "set_rights",
    "take_off_address",
]
