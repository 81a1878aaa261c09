"""The customer's own line: in plain words, and nobody else's."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.http import Http404
from django.test import RequestFactory

from tests.evidence.test_named_case import hand_in
from town.network import named
from unbroken.directory import queries as directory
from unbroken.evidence.rules import all_rules
from unbroken.ground.clock import now
from unbroken.portal.access import MAILBOX
from unbroken.portal.lines import pages, words

pytestmark = pytest.mark.django_db


def test_what_we_think_is_said_in_plain_words_and_only_of_ones_own_line(tmp_path: Path) -> None:
    """Attack: the number of a neighbour's line in the address."""
    hand_in(tmp_path, timedelta(days=(now() - named.AT).days))
    (mine,) = directory.services_by_any_key(named.SERVICE)
    (other,) = directory.services_by_any_key("s-2")
    session = {MAILBOX: directory.address_number("email", "oleg@home.example")}

    def asked(number: int) -> str:
        request = RequestFactory().get(f"/lines/{number}")
        request.session = session  # type: ignore[assignment]
        return pages.line(request, number).content.decode()

    shown = asked(mine.id)

    assert "The line to you is disturbed" in shown
    assert "What happens next" in shown
    with pytest.raises(Http404):
        asked(other.id)


def test_every_verdict_has_words_for_the_customer() -> None:
    assert set(all_rules()) - {"accounting_gap"} <= set(words.THINK)
