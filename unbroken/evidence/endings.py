"""The ends of sessions, and what their causes may mean. Pure."""

from datetime import datetime

from unbroken.evidence.facts import Session

CAUSES = {
    "Session-Timeout": "timeout", "User-Request": "user", "Lost-Carrier": "carrier",
    "Lost-Service": "service", "Idle-Timeout": "user", "Admin-Reset": "admin",
    "Admin-Reboot": "nas", "NAS-Reboot": "nas", "NAS-Error": "nas", "Port-Error": "carrier",
    "NAS-Request": "request", "Host-Request": "user", "User-Error": "user",
    "Service-Unavailable": "service", "Supplicant-Restart": "user",
    "Reauthentication-Failure": "request", "Port-Reinitialized": "carrier",
    "Port-Administratively-Disabled": "admin", "Port-Unneeded": "request",
    "Port-Preempted": "request", "Port-Suspended": "request",
}  # fmt: skip
"""What an Acct-Terminate-Cause may mean, in the few kinds that causes tell apart."""


def ends(sessions: tuple[Session, ...]) -> list[tuple[Session, datetime, datetime | None]]:
    """Each end with the time of the next start. One replaced without a stop ended unheard."""
    found = []
    for index, session in enumerate(sessions):
        following = sessions[index + 1] if index + 1 < len(sessions) else None
        if session.ended is not None:
            found.append((session, session.ended, following.started if following else None))
        elif following is not None and following.nas == session.nas:
            heard = session.heard_at or session.started
            found.append((session, max(heard, session.started), following.started))
    return found
