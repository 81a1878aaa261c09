"""When the keys of other systems were last used."""

from datetime import datetime, timedelta

from unbroken.staffing.models import TokenUse
from unbroken.staffing.tokens import Caller

NOTED_EVERY = timedelta(minutes=5)


def note_use(caller: Caller, *, at: datetime) -> None:
    """They asked; written down every few minutes at most, so that asking stays cheap."""
    if caller.used_at is None or at - caller.used_at > NOTED_EVERY:
        TokenUse.objects.update_or_create(token_id=caller.token_id, defaults={"at": at})
