"""How long a sign-in has to wait after wrong passwords. Pure.

Five tries for one person from one place, thirty for a person from anywhere, fifty from one
place for anyone; then a pause that doubles, up to a quarter of an hour. An hour of quiet
forgets them.
"""

from datetime import datetime, timedelta

FREE_TRIES = {"both": 5, "person": 30, "place": 50}
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


def keys_of(email: str, place: str) -> dict[str, str]:
    """The keys under which one try counts."""
    person = email.strip().lower()[:254]
    return {
        "both": f"both:{person}:{place}",
        "person": f"person:{person}",
        "place": f"place:{place}",
    }


def free_tries(key: str) -> int:
    """How many tries in vain cost nothing under this key."""
    return FREE_TRIES[key.partition(":")[0]]


def still_counts(*, last_at: datetime, at: datetime) -> bool:
    """Whether failures up to `last_at` are remembered."""
    return at - last_at < FORGOTTEN_AFTER


def pause_left(*, free: int, failures: int, last_at: datetime, at: datetime) -> timedelta:
    """What is left of the pause after so many failures."""
    if failures < free or not still_counts(last_at=last_at, at=at):
        return timedelta(0)
    doubled: int = 1 << min(failures - free, 20)
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * doubled)
    return max(timedelta(0), last_at + pause - at)
