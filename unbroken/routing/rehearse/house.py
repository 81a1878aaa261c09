"""The house in which the week is played: teams, queues that give work, people with their shifts."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation import actions as conversation
from unbroken.conversation import queries as record
from unbroken.directory.actions.people import register_customer
from unbroken.ground.actor import HOUSE
from unbroken.routing import actions as routing
from unbroken.routing.rehearse.cast import MONDAY, STARTS, TEAMS, TOPICS, Player
from unbroken.staffing import actions as staffing
from unbroken.staffing.ids import AgentId

MAIN = STARTS["first"]


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody of the rehearsal, hired."""

    id: AgentId
    player: Player


@dataclass(frozen=True)
class House:
    """What has been put up, by the names of the rehearsal."""

    teams: dict[str, int]
    topics: dict[str, int]
    agents: dict[int, Placed]
    customers: list[int]

    @property
    def ill(self) -> list[int]:
        """Who will call in ill on Wednesday."""
        return [who for who, one in self.agents.items() if one.player.is_ill_on is not None]


def put_up(people: list[Player], *, customers: int, at: datetime) -> House:
    """Everything before the first request."""
    told = {"by": HOUSE, "at": at}
    teams = {
        key: int(staffing.open_team(key=key, name=key.title(), **told))  # type: ignore[arg-type]
        for key in TEAMS
    }
    for key in TOPICS:
        conversation.set_topic(key=key, names={"en": key.title()}, **told)  # type: ignore[arg-type]
    for key, team_id in teams.items():
        routing.set_queue(
            key=key, name=key.title(), team_id=team_id, way="push", untouched_minutes=240,
            is_default=key == MAIN, by=HOUSE, at=at,
        )  # fmt: skip
    agents = {}
    for number, one in enumerate(people):
        agent_id = _hire(one, number, teams, at)
        agents[int(agent_id)] = Placed(agent_id, one)
    made = [
        int(register_customer(name=f"Customer {number}", by=HOUSE, at=at))
        for number in range(customers)
    ]
    topics = {one.key: one.id for one in record.topic_tree()}
    return House(teams, topics, agents, made)


def _hire(one: Player, number: int, teams: dict[str, int], at: datetime) -> AgentId:
    agent_id = staffing.hire_agent(
        name=one.name, email=f"player{number}@rehearsal.invalid", language=one.languages[0],
        timezone=one.zone, by=HOUSE, at=at,
    )  # fmt: skip
    told = {"agent_id": agent_id, "by": HOUSE, "at": at}
    staffing.change_agent(languages=one.languages, capacity={"all": 40}, **told)  # type: ignore[arg-type]
    staffing.join_team(team_id=teams[one.team], **told)  # type: ignore[arg-type]
    staffing.set_shifts(since=MONDAY.replace(month=5), week=one.week, **told)  # type: ignore[arg-type]
    staffing.set_status(status="here", **told)  # type: ignore[arg-type]
    return agent_id
