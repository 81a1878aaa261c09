"""Organisations that vouch for agents by SAML: added, changed, switched off.

Whoever sets one up decides who comes in as whom, so they need every permission there is.
"""

from collections.abc import Mapping
from typing import Any

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.events import LoggedEvent
from unbroken.ground.undo import restores, values_back
from unbroken.ground.values import set_values
from unbroken.ground.words import _
from unbroken.staffing.actions.reach import check_gives
from unbroken.staffing.actions.roles import allowances
from unbroken.staffing.events import WORDS, ProviderAdded, ProviderChanged
from unbroken.staffing.models import IdentityProvider
from unbroken.staffing.permissions import PERMISSIONS

refusals(
    {
        "provider.no_name": _("Give a name that agents recognise: it stands on the button."),
        "provider.known_already": _("This provider is set up already."),
    }
)
COLUMNS = (
    "name", "entity_id", "sign_in_url", "certificates", "subject_attribute", "email_attribute",
    "name_attribute", "by_address", "role", "active",
)  # fmt: skip


def add_provider(*, by: Actor, at: Any, **values: Any) -> int:
    """Agents may come in by this provider from now on. `values` are columns."""
    _check(values, by=by)
    if IdentityProvider.objects.filter(entity_id=values["entity_id"]).exists():
        raise Refused("provider.known_already")
    with begin(IdentityProvider, by=by, at=at) as provider:
        for column, value in values.items():
            setattr(provider, column, value)
        provider.tell(ProviderAdded(entity_id=values["entity_id"]))
    return int(provider.id)


def change_provider(*, provider_id: int, by: Actor, at: Any, **values: Any) -> None:
    """New values for what is given; who is switched off vouches for nobody from now on."""
    _check(values, by=by)
    others = IdentityProvider.objects.exclude(pk=provider_id)
    if "entity_id" in values and others.filter(entity_id=values["entity_id"]).exists():
        raise Refused("provider.known_already")
    with change(IdentityProvider, provider_id, by=by, at=at) as provider:
        changed = set_values(provider, values, words=WORDS)
        if changed is not None:
            provider.tell(ProviderChanged(**changed.told()))


def _check(values: Mapping[str, Any], *, by: Actor) -> None:
    assert values.keys() <= set(COLUMNS), values.keys()
    check_gives(PERMISSIONS.keys(), by=by)
    if values.get("role"):
        allowances(values["role"])
    if "name" in values and not values["name"].strip():
        raise Refused("provider.no_name")


def _as_before(event: LoggedEvent, **told: Any) -> None:
    change_provider(provider_id=event.subject_id, **values_back(event), **told)


restores({"provider.changed": _as_before})
