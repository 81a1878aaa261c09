"""The console's loops: promises that come near ring; what rings unseen is mailed to whoever is
away; what was seen long ago goes, and so do files that were made for somebody; reports too large
for a page are made, and those wanted are mailed; so are the promises of a month that is over."""

from unbroken.console.ageing import mailing as ageing
from unbroken.console.bell import mailing as notices
from unbroken.console.bell import state
from unbroken.console.filling import planning
from unbroken.console.kept import monthly
from unbroken.console.privacy import state as exports
from unbroken.console.reports import mailing, making
from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, every

WARN_EVERY_SECONDS, SWEEP_EVERY_SECONDS = 20.0, 3600.0
REPORTS_EVERY_SECONDS, MAILS_EVERY_SECONDS = 2.0, 60.0
MONTHS_EVERY_SECONDS = 900.0
NOTICES_EVERY_SECONDS = 30.0


def warn() -> None:
    """One question for all agents."""
    state.ring_warnings(at=now())


def sweep() -> None:
    """Once an hour."""
    state.sweep(at=now())
    exports.sweep(at=now())


LOOPS: tuple[Loop, ...] = (
    every("promises that ring", WARN_EVERY_SECONDS, warn),
    every("mail to agents", NOTICES_EVERY_SECONDS, lambda: notices.send_due(now())),
    every("bells seen long ago", SWEEP_EVERY_SECONDS, sweep),
    every("reports", REPORTS_EVERY_SECONDS, lambda: making.make_waiting(now())),
    every("promises of a month", MONTHS_EVERY_SECONDS, lambda: monthly.send_due(now())),
    every("lines that will fail, by mail", MONTHS_EVERY_SECONDS, lambda: ageing.send_due(now())),
    every("links for planners", MONTHS_EVERY_SECONDS, lambda: planning.give_due(now())),
    every("report mails", MAILS_EVERY_SECONDS, lambda: mailing.send_due(now())),
)
