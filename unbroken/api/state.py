"""This face's working state: the same request sent again gets the same answer.

The answer is kept with what was done, in one transaction, so there is never one without the
other. Two at the same instant: the second waits for the first. Kept for a week.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from ninja import HeaderEx, P

from unbroken.api.errors import OTHER_REQUEST, Wrong
from unbroken.api.models import Answered

KEPT = timedelta(days=7)

IdempotencyKey = HeaderEx[str | None, P(alias="Idempotency-Key", min_length=1, max_length=200)]

_FIRST = """
INSERT INTO api_answered (token_id, key, asked, at) VALUES (%s, %s, %s, %s)
ON CONFLICT (token_id, key) DO NOTHING RETURNING id
"""


def fingerprint(*parts: str | bytes) -> bytes:
    """The same for the same parts."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.digest()


def once(
    key: str | None,
    *,
    token_id: int,
    asked: bytes,
    at: datetime,
    work: Callable[[], dict[str, Any]],
) -> dict[str, Any]:
    """What `work` answers, done once for this key. Without a key it is simply done."""
    if key is None:
        with transaction.atomic():
            return work()
    digest = fingerprint(key)
    Answered.objects.filter(at__lt=at - KEPT).delete()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FIRST, [token_id, digest, asked, at])
        if cursor.fetchone() is None:
            kept = Answered.objects.get(token_id=token_id, key=digest)
            if bytes(kept.asked) != asked:
                raise Wrong(409, "idempotency.other_request", OTHER_REQUEST)
            return dict(kept.answer or {})
        answer = work()
        Answered.objects.filter(token_id=token_id, key=digest).update(answer=answer)
    return answer
