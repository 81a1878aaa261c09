"""The room's jobs: probing a line."""

from procrastinate.contrib.django import app

from unbroken.evidence import testing


@app.task(queue="outgoing", name="evidence.probe_service")
def probe_service(test_id: int) -> None:
    """Seconds, not milliseconds: never in a request."""
    testing.run_test(test_id)
