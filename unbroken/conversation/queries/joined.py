"""Which requests belong to which problem."""

from collections.abc import Sequence

from django.db.models import Count

from unbroken.conversation.models_beside import TicketProblem


def problem_of(ticket_id: int) -> int | None:
    """The problem that a request belongs to now."""
    rows = TicketProblem.objects.filter(ticket_id=ticket_id, ended_at__isnull=True)
    return rows.values_list("problem", flat=True).first()


def was_in_problem(ticket_id: int, problem: int) -> bool:
    """Whether a request belongs to it, or was taken out of it: then it is not joined again."""
    return TicketProblem.objects.filter(ticket_id=ticket_id, problem=problem).exists()


def joined_to(problem: int, *, after: int = 0, limit: int = 1000) -> list[int]:
    """The requests that belong to a problem now, in order of their numbers."""
    rows = TicketProblem.objects.filter(
        problem=problem, ended_at__isnull=True, ticket_id__gt=after
    ).order_by("ticket_id")
    return list(rows.values_list("ticket_id", flat=True)[:limit])


def count_joined(problems: Sequence[int]) -> dict[int, int]:
    """How many requests belong to each of these problems now; none are left out."""
    rows = TicketProblem.objects.filter(problem__in=list(problems), ended_at__isnull=True)
    return dict(rows.values_list("problem").annotate(Count("id")).order_by("problem"))
