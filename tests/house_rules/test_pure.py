"""Sums and judgements are pure: they take values, give values and know no Django."""

import subprocess
import sys

from tests.house_rules.source import ROOT, UNBROKEN

PURE = (
    "unbroken.ground.actor",
    "unbroken.ground.clock",
    "unbroken.ground.events",
    "unbroken.ground.filling",
    "unbroken.ground.sheet",
    "unbroken.ground.time_words",
    "unbroken.ground.words",
    "unbroken.calendars.batch",
    "unbroken.calendars.definition",
    "unbroken.calendars.public_days",
    "unbroken.calendars.soon",
    "unbroken.calendars.working_time",
    "unbroken.directory.addresses",
    "unbroken.directory.cards",
    "unbroken.directory.demarcation",
    "unbroken.directory.kinds",
    "unbroken.directory.recognition",
    "unbroken.conversation.incoming",
    "unbroken.conversation.states",
    "unbroken.evidence.doors.asking",
    "unbroken.evidence.facts",
    "unbroken.evidence.observed",
    "unbroken.evidence.radius.attributes",
    "unbroken.evidence.radius.detail",
    "unbroken.evidence.radius.folding",
    "unbroken.evidence.snmp.traps",
    "unbroken.evidence.syslog.lines",
    "unbroken.evidence.syslog.meaning",
    "unbroken.knowledge.differences",
    "unbroken.knowledge.markdown",
    "unbroken.knowledge.pictures.reading",
    "unbroken.knowledge.slugs",
    "unbroken.knowledge.stripping",
    "unbroken.knowledge.variables",
    "unbroken.promise.measure",
    "unbroken.promise.timeline",
    "unbroken.quality.figures",
    "unbroken.routines.conditions",
    "unbroken.routines.guard",
    "unbroken.routines.replay",
    "unbroken.routines.schedule",
    "unbroken.routines.sheets",
    "unbroken.routines.steps",
    "unbroken.routines.triggers",
    "unbroken.routing.estimate.backtest",
    "unbroken.routing.estimate.spoken",
    "unbroken.routing.estimate.stored",
    "unbroken.routing.past",
    "unbroken.routing.triage",
    "unbroken.intake.asked",
    "unbroken.intake.families",
    "unbroken.intake.inbound",
    "unbroken.intake.mail",
    "unbroken.intake.outgoing",
    "unbroken.search.asking",
    "unbroken.search.marking",
    "unbroken.staffing.erlang",
    "unbroken.console.pauses",
    "unbroken.console.tickets.counted",
    "unbroken.console.tickets.filters",
    "unbroken.staffing.token_scopes",
    "unbroken.staffing.token_secrets",
    "unbroken.api.tickets.hands",
    "unbroken.api.tickets.narrowing",
)
_TRY = """
import importlib, sys
sys.modules["django"] = None
wrong = []
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except Exception as error:
        wrong.append(f"{name}: {type(error).__name__}: {error}")
print("\\n".join(wrong))
"""


def test_every_pure_module_runs_where_there_is_no_django() -> None:
    tried = subprocess.run(
        [sys.executable, "-c", _TRY, *PURE, *_mail_modules()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert tried.returncode == 0, tried.stderr
    assert tried.stdout.strip() == ""


def _mail_modules() -> list[str]:
    """Everything that reads mail is pure; what writes it makes use of Django's own."""
    return [
        f"unbroken.intake.mail.{path.stem}"
        for path in sorted((UNBROKEN / "intake" / "mail").glob("*.py"))
        if path.stem not in ("__init__", "compose")
    ]
