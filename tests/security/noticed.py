"""News to many that waits for approval, a crew's link: for the walk over all addresses."""

from collections.abc import Mapping
from datetime import timedelta

from unbroken.ground.actor import Actor
from unbroken.ground.clock import now
from unbroken.intake.actions.crews import give_pass
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


def pass_there(address: Mapping[str, object]) -> dict[str, object]:
    """A crew's link of this problem that is not taken back yet."""
    number = give_pass(
        problem=int(str(address["problem_id"])), language="en", for_whom="", is_mailed=False,
        lasts=timedelta(hours=1), by=Actor.agent(0), at=now(),
    )  # fmt: skip
    return {**address, "pass_id": number}
