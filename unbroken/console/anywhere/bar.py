"""What the bar of every page says to its agent; asked once a page, and only if a page is drawn."""

from dataclasses import dataclass
from functools import cached_property

from unbroken.console.anywhere.keys import Group, Key, commands, sheet_of
from unbroken.console.anywhere.statuses import STATUSES
from unbroken.ground.sql import row
from unbroken.staffing.cards import AgentCard


@dataclass(frozen=True, slots=True)
class Facts:
    """One row for everything the bar asks."""

    has_shortcuts: bool
    rings: int


class Bar:
    """The bar of one agent on one page."""

    statuses = STATUSES

    def __init__(self, agent: AgentCard) -> None:
        self.agent = agent

    @cached_property
    def facts(self) -> Facts:
        """Asked when the first of them is needed: parts of pages and downloads have no bar."""
        found = row(
            Facts, "console/anywhere/queries/bar.sql",
            me=self.agent.id, sees_all=self.agent.sees_all, teams=list(self.agent.team_ids),
        )  # fmt: skip
        assert found is not None  # it is one row of sums, whatever is there
        return found

    def more(self) -> tuple[Key, ...]:
        """What has no keys, but is found by its name."""
        return commands(frozenset(self.agent.permissions))

    def sheet(self, page: str) -> tuple[Group, ...]:
        """The shortcuts of this kind of page."""
        return sheet_of(page)
