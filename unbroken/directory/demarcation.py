"""Where on the way up from a resource the responsibility passes to somebody else. Pure."""

from collections.abc import Sequence

from unbroken.directory.cards import Answerable, Border, Step


def answerable(way: Sequence[Step]) -> Answerable | None:
    """Whose the first step is, and every border above it, nearest first."""
    if not way:
        return None
    by_id = {step.id: step for step in way}
    borders = tuple(
        Border(below=by_id[step.below_id], above=step)
        for step in way
        if step.below_id is not None and by_id[step.below_id].owner != step.owner
    )
    first = way[0]
    return Answerable(first, first.owner, first.partner_name or first.owner, borders)
