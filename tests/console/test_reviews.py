"""Answers read again: drawn by chance, fairly, by somebody else, once, on record."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from tests.portal.people import text_of
from unbroken.conversation import actions as record
from unbroken.conversation import queries
from unbroken.conversation.ids import DeliveryId, TicketId
from unbroken.conversation.models import Delivery
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.models import Said
from unbroken.ground.postman import drain
from unbroken.quality import projections
from unbroken.quality.actions import draw_answers, review_answer
from unbroken.quality.models import Review


@pytest.fixture
def answered(desk: Desk) -> Desk:
    """Sofie answered three times on one day of last week, Timo once."""
    week_ago = now() - timedelta(days=now().weekday() + 4)
    day = week_ago.replace(hour=11, minute=0)
    for who, subject in ((SOFIE, "lamp"), (SOFIE, "noise"), (SOFIE, "cable"), (TIMO, "bill")):
        ticket = desk.asks("Anneke de Wit", subject, at=day)
        goes_to = queries.reply_goes_to(ticket)
        assert goes_to is not None
        record.reply(
            ticket_id=ticket, words=f"About the {subject}", goes_to=goes_to, by=desk.by(who),
            at=day + timedelta(minutes=5),
        )  # fmt: skip
    drain(at=now())
    projections.count_aside(at=now(), limit=100)
    return desk


def test_nobody_is_drawn_twice_for_a_day(answered: Desk) -> None:
    """Accident: who writes most is judged most; pressing again draws the rest."""
    assert len(draw_answers(by=HOUSE, at=now())) == 2
    assert draw_answers(by=HOUSE, at=now()) == []

    writers = set(Review.objects.values_list("writer_id", flat=True))
    assert writers == {answered.agents[SOFIE], answered.agents[TIMO]}


def test_an_answer_is_judged_once_on_record_and_never_by_its_writer(answered: Desk) -> None:
    draw_answers(by=HOUSE, at=now())
    sofie, vera = answered.agents[SOFIE], answered.agents[VERA]
    one = Review.objects.get(writer=sofie)

    with pytest.raises(Refused, match="their own"), transaction.atomic():
        review_answer(review_id=one.pk, mark=5, reviewer_id=sofie, at=now())
    with pytest.raises(Refused, match="from 1 to 5"), transaction.atomic():
        review_answer(review_id=one.pk, mark=6, reviewer_id=vera, at=now())
    review_answer(review_id=one.pk, mark=4, comment=" Kind. ", reviewer_id=vera, at=now())
    with pytest.raises(Refused, match="already"), transaction.atomic():
        review_answer(review_id=one.pk, mark=1, reviewer_id=vera, at=now())

    one.refresh_from_db()
    assert (one.mark, one.reviewer_id) == (4, vera)
    assert Said.objects.get(pk=one.words_id).text == "Kind."
    last = events_of([f"review:{one.pk}"])[-1]
    assert (last.kind, last.by) == ("review.done", f"agent:{vera}")


def test_only_who_may_reads_again_and_the_writer_reads_what_was_said(answered: Desk) -> None:
    """Attack: an agent draws, marks a colleague, or reads what was said about one."""
    head, sofie, timo = (answered.client(who) for who in (VERA, SOFIE, TIMO))
    place = "/console/dashboards/reviews"
    assert sofie.post(f"{place}/draw").status_code == 403
    head.post(f"{place}/draw")
    one = Review.objects.get(writer=answered.agents[SOFIE])
    answered.writes("Anneke de Wit", TicketId(one.ticket_id), "Works, thanks!")
    for sent in Delivery.objects.filter(ticket_id=one.ticket_id):
        record.record_delivered(
            delivery_id=DeliveryId(sent.pk), message_id="x@us.example", attempts=1, at=now()
        )
    waits = text_of(head.get(place))
    assert "thanks" not in waits, "what came after the answer is no question"
    assert "Please help." in waits, "the question"
    assert "About the bill" in waits, "the answer beside it"
    assert "About the bill" not in text_of(timo.get(place)), "not before it is done"
    assert timo.post(f"{place}/{one.pk}", {"mark": "1"}).status_code == 403

    head.post(f"{place}/{one.pk}", {"mark": "4", "comment": "Very <b>kind</b>."})

    assert "Very &lt;b&gt;kind&lt;/b&gt;." in text_of(sofie.get(place))
    assert "kind" not in text_of(timo.get(place)), "never another's"
    assert head.post(f"{place}/99999", {"mark": "4"}).status_code == 404
