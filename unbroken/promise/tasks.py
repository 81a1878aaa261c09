"""The room's jobs: telling billing of credits."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from unbroken.ground import http
from unbroken.ground.clock import now
from unbroken.promise import billing, state

log = logging.getLogger(__name__)

AGAIN = RetryStrategy(max_attempts=18, exponential_wait=2, retry_exceptions=[http.Unanswered])
"""After 2, 4, 8 … seconds: the last try is three days after the first."""


@app.task(queue="outgoing", name="promise.bill_credit", retry=AGAIN)
def bill_credit(credit_id: int, credit_state: str) -> None:
    """Once: what arrived is noted, and what is refused for good is told to the log."""
    bill = billing.bill_of(credit_id, credit_state)
    if bill is None or not billing.is_wanted():
        return
    try:
        billing.send(bill, at=now())
    except http.Turned as error:
        log.exception("billing refused %s", bill.key)
        state.note_told(credit_id, credit_state, at=None, problem=str(error))
        return
    except http.Unanswered as error:
        state.note_told(credit_id, credit_state, at=None, problem=str(error))
        raise
    state.note_told(credit_id, credit_state, at=now(), problem="")
