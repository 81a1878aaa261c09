"""Answers are drawn by chance and read again by somebody else."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.ground.sql import rows
from unbroken.quality import words as words
from unbroken.quality.counting import desk_zone
from unbroken.quality.events import ReviewDone, ReviewDrawn
from unbroken.quality.ids import ReviewId
from unbroken.quality.models import Review

DRAWN_MOST = 10
LETTERS_MAX = 2000
MARKS = range(1, 6)
ONE_DRAWING_AT_A_TIME = 0x4E90A


@dataclass(frozen=True, slots=True)
class _Drawn:
    ticket_id: int
    message_id: int
    writer: int
    day: date


def draw_answers(*, by: Actor, at: datetime, most: int = DRAWN_MOST) -> list[ReviewId]:
    """A fair sample of last week's answers: at most one for each agent and day."""
    today = at.astimezone(desk_zone()).date()
    monday = today - timedelta(days=today.weekday())
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_DRAWING_AT_A_TIME])
        found = rows(
            _Drawn, "quality/queries/answers_to_draw.sql", first=monday - timedelta(days=7),
            last=monday - timedelta(days=1), zone=str(desk_zone()), most=most,
        )  # fmt: skip
        return [_note_drawn(one, by=by, at=at) for one in found]


def _note_drawn(one: _Drawn, *, by: Actor, at: datetime) -> ReviewId:
    with begin(Review, by=by, at=at) as review:
        review.ticket_id, review.message_id = one.ticket_id, one.message_id
        review.writer_id, review.day, review.drawn_at = one.writer, one.day, at
        review.tell(ReviewDrawn(ticket=one.ticket_id, message=one.message_id, writer=one.writer))
    return ReviewId(review.id)


def review_answer(
    *, review_id: ReviewId, mark: int, comment: str = "", reviewer_id: int, at: datetime
) -> None:
    """Somebody else than its writer says how good it was. Once: it is on record."""
    comment, by = comment.strip(), Actor.agent(reviewer_id)
    if mark not in MARKS:
        raise Refused("review.no_mark")
    if len(comment) > LETTERS_MAX:
        raise Refused("review.too_long", letters=LETTERS_MAX)
    with change(Review, review_id, by=by, at=at) as review:
        if review.writer_id == reviewer_id:
            raise Refused("review.own")
        if review.done_at is not None:
            raise Refused("review.done_already")
        review.words_id = review.said(comment, whose=by) if comment else None
        review.mark, review.reviewer_id, review.done_at = mark, reviewer_id, at
        review.tell(ReviewDone(mark=mark, words=review.words_id))
