"""News to many that waits for approval, for the walk over all addresses."""

from unbroken.ground.clock import now
from unbroken.intake.actions.news import ToTell, make_notice
from unbroken.intake.telling.overview import latest_notices


def notice_there() -> int:
    """One that nobody has approved or stopped yet, made when there is none."""
    for one in latest_notices():
        if one.state == "waits":
            return one.id
    at = now()
    made = make_notice(
        problem=1, event=len(latest_notices()) + 1, message="next_news", step="", words_id=None,
        made_by="agent:0", letters=[ToTell(1, 1, (), "en", "", at)], needs_approval=True, at=at,
    )  # fmt: skip
    assert made is not None
    return made
