"""The next news of a problem: promised by the house where the operator wants it; its keeper told.

The house promises for people: whoever gave the last news, or whoever else reads the problems, has
to give it. Who promised is mailed before it is due, and when it was missed.
"""

from datetime import datetime, timedelta

from django.conf import settings

from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.events import LoggedEvent
from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import Phrase, _, in_language
from unbroken.intake.post import send_service_mail
from unbroken.intake.telling.present import present_policy
from unbroken.outage import actions as outage
from unbroken.outage import queries
from unbroken.outage.ids import ProblemId
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId

USEFUL_FOR = timedelta(hours=2)
SUBJECTS: dict[str, Phrase] = {
    "problem.news_warned": _("Problem {number}: news is due at {time}"),
    "problem.news_missed": _("Problem {number}: news was promised for {time}"),
}
GIVE_IT = _("You told customers when the next news comes. Give it here: {link}")


def promise_next(event: LoggedEvent, *, at: datetime) -> None:
    """Somebody has to say when it goes on; what a person promised stays."""
    minutes = present_policy().news_minutes
    problem = queries.problem(event.subject_id) if minutes and not event.imported else None
    if problem is None or not problem.is_open or problem.next_news_at is not None:
        return
    next_at = at + timedelta(minutes=minutes)
    outage.promise_news(problem_id=ProblemId(problem.id), next_at=next_at, by=HOUSE, at=at)


def tell_who_promised(event: LoggedEvent, *, at: datetime) -> None:
    """One mail to the colleague who promised it."""
    who = Actor.parse(str(event.data["promised_by"]))
    agent = staffing.agent(AgentId(who.id)) if who.kind == "agent" and who.id else None
    if agent is None or not agent.active:
        return
    due_at = datetime.fromisoformat(str(event.data["due_at"]))
    time = day_and_hour(due_at, zone=agent.timezone, language=agent.language)
    link = f"{settings.BASE_URL}/console/problems/{event.subject_id}"
    send_service_mail(
        to=(agent.name, agent.email),
        subject=in_language(
            SUBJECTS[event.kind], agent.language, number=event.subject_id, time=time
        ),
        words=in_language(GIVE_IT, agent.language, link=link) + "\n",
        language=agent.language,
        until=at + USEFUL_FOR,
        message_id="",
    )
