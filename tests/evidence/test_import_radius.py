"""FreeRADIUS's files: each record once, however often and however broken they are handed in."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from unbroken.evidence.importing.radius import import_radius
from unbroken.evidence.models import NasRestart, RadiusReply, Session
from unbroken.evidence.queries.sessions import told_sessions

DETAIL = r"""Sun May 24 08:00:00 2026
	Acct-Status-Type = Start
	User-Name = "anneke\"s@isp"
	NAS-IP-Address = 192.0.2.10
	Acct-Session-Id = "81d00f"
	Event-Timestamp = "May 24 2026 08:00:00 CEST"
	ADSL-Agent-Circuit-Id = 0x44534c414d2d3720312f3132
	Actual-Data-Rate-Downstream = 51392000
	Framed-IP-Address = 100.64.0.7
	Timestamp = 1779602401

Sun May 24 08:10:00 2026
	Acct-Status-Type = Stop
	User-Name = "anneke\"s@isp"
	NAS-IP-Address = 192.0.2.10
	Acct-Session-Id = "81d00f"
	Acct-Session-Time = 600
	Acct-Input-Octets = 9
	Acct-Output-Gigawords = 2
	Acct-Terminate-Cause = Lost-Carrier
	Timestamp = 1779603000

Sun May 24 09:00:00 2026
	Acct-Status-Type = Accounting-On
	NAS-Identifier = "bng-north"

Sun May 24 09:00:05 2026
	Packet-Type = Access-Reject
	User-Name = "bram@isp"
	Reply-Message = "Wrong password"

Sun May 24 09:00:09 2026
	Packet-Type = Access-Accept
	User-Name = "bram@isp"
	Session-Timeout = 86400
Sun May 24 09:01:00 2026 : Auth: (7) Login incorrect (mschap): [bram@isp/<via x>] (from client bng)
Sun May 24 09:01:01 2026 : Info: Ready to process requests
"""
BROKEN = """Sun May 24 10:00:00 2026
	Acct-Status-Type = Start
	NAS-IP-Address = 192.0.2.10

	Acct-Status-Type = Stop
	Acct-Session-Id = "x"
	NAS-IP-Address = 192.0.2.10

what is this
"""


@pytest.mark.django_db
def test_a_file_is_taken_in_once(tmp_path: Path) -> None:
    (tmp_path / "detail").write_text(DETAIL)
    with gzip.open(tmp_path / "detail.gz", "wt") as packed:
        packed.write(DETAIL)
    zone = ZoneInfo("Europe/Berlin")

    first = import_radius([str(tmp_path / "detail")], zone=zone)
    second = import_radius([str(tmp_path / "detail.gz")], zone=zone)

    assert (first.read, first.new, first.known, first.refused) == (6, 6, 0, [])
    assert (second.read, second.new, second.known) == (6, 0, 6)
    session = Session.objects.get()
    assert session.circuit == "DSLAM-7 1/12"
    assert session.line == {"rate_down": 51392}
    assert (session.input_octets, session.output_octets) == (9, 2 << 32)
    assert session.start_arrived_at == datetime(2026, 5, 24, 6, 0, 1, tzinfo=UTC)
    (told,) = told_sessions("100.64.0.7")
    assert (told["user"], told["started"], told["ended"], told["terminate_cause"]) == (
        'anneke"s@isp', "2026-05-24T06:00:00+00:00", "2026-05-24T06:10:00+00:00", "Lost Carrier",
    )  # fmt: skip
    assert NasRestart.objects.get().at == datetime(2026, 5, 24, 7, 0, tzinfo=UTC)
    assert sorted(RadiusReply.objects.values_list("kind", "timeout", "message")) == [
        ("accept", 86400, ""), ("reject", None, "Wrong password"), ("reject", None, "mschap"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "detail").write_text(BROKEN + DETAIL)
    (tmp_path / "noise").write_bytes(bytes(range(256)) * 300 + b"\n\t\xff = \x00\n" * 50)
    names = [str(tmp_path / name) for name in ("absent", "noise", "detail")]

    taken = import_radius(names, zone=ZoneInfo("UTC"))

    assert taken.new == 6
    reasons = dict(taken.refused)
    assert reasons[names[0]] == "It cannot be read: No such file or directory."
    assert reasons[f"{names[2]}:1"] == "It has no Acct-Session-Id."
    assert reasons[f"{names[2]}:5"] == "It has no time: neither Timestamp nor a heading."
    assert reasons[f"{names[2]}:9"] == "It is no accounting record and no answer."
    assert json.loads(taken.as_json())["refused"][0]["item"] == names[0]
