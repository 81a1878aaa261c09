"""What of promises grows old: credits, once the law wants them no more. Misses stay."""

from unbroken.ground.keeping import Keeping, keeping
from unbroken.ground.words import _

TEN_YEARS = 3_653

keeping(
    Keeping(
        key="credits",
        label=_("Credits for missed promises"),
        about=_("Amount, customer, decision and its reason. That the promise was missed stays."),
        old="""
            SELECT id, booked_at AS at FROM credit
            WHERE booked_at < %(before)s AND state <> 'waits'""",
        steps=(
            """UPDATE ground_said SET text = NULL, erased_at = %(at)s
                WHERE id IN (SELECT reason_id FROM credit WHERE id = ANY (%(ids)s))""",
            "DELETE FROM credit WHERE id = ANY (%(ids)s)",
        ),
        least=TEN_YEARS,
        because=_("what was paid belongs to the books, which are kept for ten years."),
    )
)
