"""`unbroken worker`: calls to the outside, each a job in PostgreSQL.

Jobs hold no lock and are never scheduled ahead. A worker shows that it lives by an advisory
lock on a wire of its own: the lock is free the instant the process is dead, so a job whose
worker holds none is orphaned for certain, and any worker puts it back into the queue with a
warning. A worker that loses its wire stops, because the others take its jobs then.
"""

import asyncio
import contextlib
import logging
from datetime import UTC, datetime
from typing import Any

import procrastinate
import psycopg
from asgiref.sync import sync_to_async
from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from unbroken.house import wire
from unbroken.house.wire import Wire

LOOK_SECONDS = 3.0
POLL_SECONDS = 5.0
STOP_SECONDS_MAX = 4.0
PRUNE_SECONDS = 3600.0

ORPHANED = """
-- Jobs that some worker began and whose worker is no more. A worker that has only just
-- begun may not hold its lock yet, so what was started within three seconds is left alone.
SELECT job.id, job.task_name
FROM procrastinate_jobs job
WHERE job.status = 'doing'
  AND NOT EXISTS (
      SELECT FROM pg_locks
      WHERE locktype = 'advisory' AND granted AND classid = %(family)s::bigint::oid
        AND objid = job.worker_id::oid
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
  AND NOT EXISTS (
      SELECT FROM procrastinate_events event
      WHERE event.job_id = job.id AND event.type = 'started'
        AND event.at > now() - interval '3 seconds')
"""

log = logging.getLogger(__name__)


def main() -> None:
    """Work until told to stop."""
    wire.give_way()
    asyncio.run(_work())


async def _work() -> None:
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    # An app of the worker's own: jobs that a task defers still go through Django's connection
    # and belong to its transaction, which they would not if the shared app were changed.
    working: Any = procrastinate.App(
        connector=connector, import_paths=app.import_paths, worker_defaults=app.worker_defaults
    )
    working.tasks, working.periodic_registry = app.tasks, app.periodic_registry
    working.perform_import_paths()
    options = dict(app.worker_defaults)
    options |= {
        "concurrency": settings.UNBROKEN.worker_jobs,
        "fetch_job_polling_interval": POLL_SECONDS,
        "shutdown_graceful_timeout": STOP_SECONDS_MAX,
        "delete_jobs": "successful",
        "update_heartbeat_interval": 30.0,
        "stalled_worker_timeout": PRUNE_SECONDS,
    }
    worker: Any = Worker(working, **options)  # type: ignore[arg-type]
    async with working.open_async():
        running = asyncio.create_task(worker.run())
        living = asyncio.create_task(_show_life(worker, working))
        await asyncio.wait({running, living}, return_when=asyncio.FIRST_COMPLETED)
        worker.stop()
        living.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await living
        await running


async def _show_life(worker: Any, working: Any) -> None:
    while worker.worker_id is None:
        await asyncio.sleep(0.01)
    sign = await sync_to_async(_sign_of_life)(worker.worker_id)
    try:
        while True:
            for job, task in await sync_to_async(_orphaned)(sign):
                log.warning("job %s (%s) lost its worker; it is begun again", job, task)
                await working.job_manager.retry_job_by_id_async(job, datetime.now(UTC))
            await asyncio.sleep(LOOK_SECONDS)
    except psycopg.OperationalError as error:
        log.error("worker: its sign of life is lost (%s); stopping", str(error).strip())
    finally:
        sign.close()


def _sign_of_life(worker_id: int) -> Wire:
    sign = wire.open_wire()
    sign.execute("SELECT pg_advisory_lock(%s, %s)", [wire.WORKERS, worker_id % 2**31])
    return sign


def _orphaned(sign: Wire) -> list[tuple[int, str]]:
    return [(row[0], row[1]) for row in sign.execute(ORPHANED, {"family": wire.WORKERS})]
