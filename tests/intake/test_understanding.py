"""What a request is taken for, where nobody said it."""

import pytest

from unbroken.intake.understanding import type_of


@pytest.mark.parametrize(
    "text",
    [
        "No internet\nHello, my internet does not work since a few minutes.",
        "Нет интернета\nЗдравствуйте, у меня пропал интернет. Что случилось?",
        "Niente internet\nBuongiorno, la linea non funziona più.",
        "The connection drops every night",
    ],
)
def test_a_complaint_of_a_fault_is_an_incident_whatever_topics_there_are(text: str) -> None:
    """Accident: an outage's callers use no word of the topic tree, and belong to no problem."""
    assert type_of(None, text=text) == "incident"


@pytest.mark.parametrize(
    "text", ["Why is my bill higher than last month?", "When will my line be installed?", ""]
)
def test_anything_else_is_a_request(text: str) -> None:
    assert type_of(None, text=text) == "request"
