"""How long a verdict on one line takes over a year of records, and what a year of them weighs.

    bin/bench line --data DIR [--lines 500] [--days 366] [--looks 40] [--profile]

The first run fills the folder: lines on cables of twelve, each with 1.2 sessions a day for a
year, as the fold writes them, and levels every quarter of an hour, the first cable's for the whole
year, the others' for the last 35 days. Then lines of that cable, with eleven neighbours each on
the nearest thing they share, are looked at in one process, as a page or the relay does. Beside the
time that passed stands the processor's, ours and PostgreSQL's: on a machine with other work it is
the figure to judge by. The last line on standard output is a JSON document.
"""

import argparse
import cProfile
import gc
import json
import os
import pstats
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE)]
ON_A_CABLE = 12
TICK = os.sysconf("SC_CLK_TCK")
QUARTERS_HOUR = 15
NAMES = (
    "DSL.Channel.DownstreamCurrRate", "DSL.Channel.Stats.Total.LinkRetrain",
    "DSL.Channel.UpstreamCurrRate", "DSL.Line.DownstreamAttenuation",
    "DSL.Line.DownstreamMaxBitRate", "DSL.Line.DownstreamNoiseMargin", "DSL.Line.LinkStatus",
    "DSL.Line.Stats.Total.ErroredSecs", "DSL.Line.Stats.Total.SeverelyErroredSecs",
    "DSL.Line.UpstreamNoiseMargin",
)  # fmt: skip


def main() -> int:
    """Fill it once, look at lines of it, weigh it."""
    asked = _options()
    os.environ["UNBROKEN_DATA"] = asked.data
    from unbroken.house import cli

    cli.set_up_rooms()
    with cli.database_at_hand("line bench"):
        if not _is_filled():
            _import_inventory(asked)
            _fill(asked)
        _thin()
        found = {"space": _space(asked), "looks": _looked_at(asked)}
    print(json.dumps(found))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--lines", type=int, default=500)
    parser.add_argument("--days", type=int, default=366)
    parser.add_argument("--looks", type=int, default=40)
    parser.add_argument("--profile", action="store_true")
    return parser.parse_args()


def _import_inventory(asked: argparse.Namespace) -> None:
    cables = range(-(-asked.lines // ON_A_CABLE))
    resources: list[dict[str, Any]] = [
        {"id": "bench-bng", "kind": "nas"},
        {"id": "bench-dslam", "kind": "dslam", "parents": ["bench-bng"]},
    ]
    resources += [
        {"id": f"bench-cable-{n}", "kind": "cable", "parents": ["bench-dslam"]} for n in cables
    ]
    for n in range(asked.lines):
        cable = f"bench-cable-{n // ON_A_CABLE}"
        resources.append({"id": f"bench-line-{n}", "kind": "line", "parents": [cable]})
        own = {"id": f"bench-cpe-{n}", "kind": "cpe", "parents": [f"bench-line-{n}"]}
        resources.append(own)
    services = [
        {"id": f"bench-{n}", "resource": f"bench-cpe-{n}", "technology": "vdsl",
         "access": f"bench{n}@isp.example", "product": "DSL 50"}
        for n in range(asked.lines)
    ]  # fmt: skip
    bench = {"id": "bench", "name": "Bench", "kind": "company", "services": services}
    inventory = {"resources": resources, "customers": [bench]}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(inventory, file)
        file.flush()
        command = [str(HERE / "bin/unbroken"), "import", "inventory", file.name]
        subprocess.run(command, check=True, stdout=sys.stderr)


def _is_filled() -> bool:
    return bool(_value("SELECT exists(SELECT FROM radius_session)"))


SESSIONS = """
INSERT INTO radius_session (nas, session, "user", circuit, mac, port, address, prefix, started_at,
    started_by_start, start_arrived_at, heard_at, heard_arrived_at, ended_at, end_arrived_at,
    ended_by, cause, seconds, input_octets, output_octets, interim, line)
SELECT 'bench-bng', to_hex(extract(epoch FROM began)::bigint) || lpad(n::text, 5, '0'),
       'bench' || n || '@isp.example', '',
       '02:be:' || to_char(n, 'FM00:00:00:00'), 'eth 1/' || n, '10.64.0.0'::inet + n, '', began,
       true, began + interval '1 second', ended, ended + interval '1 second', ended,
       ended + interval '1 second', 'stop',
       CASE WHEN odd THEN 2 ELSE 5 END, extract(epoch FROM ended - began)::bigint,
       (random() * 4e9)::bigint, (random() * 3e8)::bigint, 600,
       jsonb_build_object('rate_down', 50000 + (random() * 3000)::int, 'rate_up', 10000)
FROM generate_series(0, %(lines)s - 1) n, generate_series(0, %(days)s - 1) d,
LATERAL (SELECT date_trunc('day', now()) - d * interval '1 day'
                + (n %% 86) * interval '1000 seconds' AS at0, random() < 0.2 AS broke) day,
LATERAL (SELECT at0 + interval '20 seconds' AS began,
                CASE WHEN broke THEN at0 + interval '9 hours' ELSE at0 + interval '1 day' END
                AS ended, broke AS odd
         UNION ALL
         SELECT at0 + interval '9 hours 90 seconds', at0 + interval '1 day', false
         WHERE broke) spell
ORDER BY began
"""
READINGS = """
INSERT INTO observation (resource, at, names_id, "values", received_at)
SELECT 'bench-line-' || n, at, %(names)s,
       jsonb_build_array(50000 + n, (extract(epoch FROM at) / 90000)::int, 10000, 120 + n %% 90,
                         61000, 60 + (random() * 30)::int, 'Up',
                         (extract(epoch FROM at) / 60)::int %% 1000000,
                         (extract(epoch FROM at) / 900)::int %% 100000, 90),
       at + interval '2 seconds'
FROM generate_series(date_trunc('hour', now()) - %(days)s * interval '1 day', now(),
                     %(every)s * interval '1 minute') at,
     generate_series(%(first)s, %(last)s) n
ORDER BY at
"""


def _fill(asked: argparse.Namespace) -> None:
    from datetime import timedelta

    from django.db import transaction

    from unbroken.evidence.models import ReadingNames
    from unbroken.evidence.state import partitions
    from unbroken.ground.clock import now

    print("filling", file=sys.stderr)
    partitions.ensure(
        "observation", {(now() - timedelta(days=n)).date() for n in range(asked.days + 32)}
    )
    with transaction.atomic():
        names, _new = ReadingNames.objects.get_or_create(names=list(NAMES))
    _run(SESSIONS, lines=asked.lines, days=asked.days)
    common = {"names": names.id, "every": QUARTERS_HOUR}
    _run(READINGS, days=asked.days, first=0, last=ON_A_CABLE - 1, **common)
    _run(READINGS, days=35, first=ON_A_CABLE, last=asked.lines - 1, **common)
    _run("VACUUM ANALYZE")


def _thin() -> None:
    """Days that are over, as the hourly loop thins them; nothing on the next run."""
    from unbroken.evidence.state.thinning import thin_what_is_over
    from unbroken.ground.clock import now

    thinned = 0
    while days := thin_what_is_over(now=now()):
        thinned += days
    if thinned:
        _run("VACUUM ANALYZE")


def _run(statement: str, **given: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, given or None)


def _value(statement: str) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def _space(asked: argparse.Namespace) -> dict[str, float]:
    """Bytes with indexes; a year of 15,000 lines reckoned from that."""
    sessions = _value("SELECT count(*) FROM radius_session")
    octets = _value("SELECT pg_total_relation_size('radius_session')")
    readings = _value("SELECT count(*) FROM observation")
    weight = _value(
        "SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits"
        " WHERE inhparent = 'observation'::regclass"
    )
    return {
        "sessions": sessions,
        "bytes_a_session": round(octets / sessions),
        "gb_of_15000_lines": round(octets / asked.lines * 15_000 / 1e9, 2),
        "readings": readings,
        "bytes_a_reading": round(float(weight) / readings),
    }


def _looked_at(asked: argparse.Namespace) -> dict[str, float]:
    from unbroken.directory.queries import services_by_any_key
    from unbroken.evidence.looking import look
    from unbroken.ground.clock import now

    cards = [services_by_any_key(f"bench{n}@isp.example")[0] for n in range(ON_A_CABLE)]
    server = f"/proc/{_value('SELECT pg_backend_pid()')}/stat"
    for card in cards:
        look(card, now())
    gc.collect()
    gc.freeze()  # as the desk's own processes do before they serve
    profile = cProfile.Profile() if asked.profile else None
    spent, theirs, passed, told = [], [], [], []
    for index in range(asked.looks):
        card = cards[index % len(cards)]
        before, since, begun = _ticks(server), time.process_time(), time.perf_counter()
        if profile:
            profile.enable()
        found = look(card, now(), "every evening the connection breaks and the DSL lamp is dark")
        if profile:
            profile.disable()
        spent.append((time.process_time() - since) * 1e3)
        passed.append((time.perf_counter() - begun) * 1e3)
        theirs.append((_ticks(server) - before) * 1e3 / TICK)
        told.append(found.took_ms)
    if profile:
        pstats.Stats(profile, stream=sys.stderr).sort_stats("cumulative").print_stats(45)
    facts = found.case.facts
    return {
        "sessions": len(facts.sessions),
        "readings": sum(len(one.rows) * len(one.names) for one in facts.blocks),
        "neighbours": len(facts.neighbours),
        "python_ms": round(median(spent), 1),
        "postgres_ms": round(sum(theirs) / len(theirs), 1),
        "passed_ms": round(median(passed), 1),
        "took_ms": median(told),
        "load_average": round(os.getloadavg()[0], 1),
    }


def _ticks(path: str) -> int:
    fields = Path(path).read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


if __name__ == "__main__":
    sys.exit(main())
