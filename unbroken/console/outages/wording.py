"""The words in which a problem is shown to colleagues."""

from unbroken.evidence.wording import label
from unbroken.ground.words import Phrase, _

STATES: dict[str, Phrase] = {
    "acknowledged": _("known"),
    "inProgress": _("being worked on"),
    "held": _("with a partner"),
    "resolved": _("service is back"),
    "closed": _("closed"),
    "cancelled": _("was none"),
}
SEVERITIES: dict[str, Phrase] = {
    "minor": _("minor"),
    "major": _("major"),
    "critical": _("critical"),
}
ORIGINS: dict[str, Phrase] = {
    "silence": _("seen in the records"),
    "alarm": _("told by another system"),
    "agent": _("opened by a colleague"),
}
STEPS: dict[str, Phrase] = {
    "left": _("The crew has left"),
    "minutes": _("The crew arrives soon"),
    "working": _("The crew is working"),
    "done": _("The crew is done"),
    "notDone": _("The crew could not finish"),
}
BACKUPS: dict[str, Phrase] = {"failover": _("Failover"), "mobileRouter": _("Mobile router on loan")}
BACKUP_STATES: dict[str, Phrase] = {
    "asked": _("asked for"),
    "sent": _("on its way"),
    "inUse": _("in use"),
    "returned": _("given back"),
    "refused": _("not wanted"),
}
CAUSES = (
    "cable_cut",
    "fibre_cut",
    "access_node",
    "area_power",
    "nas_restart",
    "uplink_down",
    "planned_work",
    "work_overran",
)
"""Those from which many suffer; keys of verdicts."""


def cause_words(key: str) -> str:
    """A cause in the reader's language; a dash for none."""
    return label(key) if key else "–"


UNREACHED: dict[str, Phrase] = {
    "chosen": _("wants to be called"),
    "address": _("no address works"),
    "full": _("the mailbox is full"),
}
"""Why a person has to call; any other reason is that the mail came back."""
CAME_BACK = _("the mail came back")
