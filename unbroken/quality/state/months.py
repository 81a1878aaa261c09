"""Who got the month's promises by mail."""

from django.db import connection

from unbroken.quality.models import MonthlyMail


def told(month: str) -> frozenset[int]:
    """The agents who got this month, `2026-10`."""
    found = MonthlyMail.objects.filter(month=month).values_list("agent_id", flat=True)
    return frozenset(found)


def claim(agent_id: int, month: str) -> bool:
    """Whether this agent is to get it from whoever asks: only the first one is told so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO monthly_mail (agent_id, month) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [agent_id, month],
        )
        return bool(cursor.rowcount == 1)
