"""The worker looks here for jobs: the portal's only one is the door's, sending a mail of ours."""

from unbroken.intake.post import deliver_service_mail

__all__ = ["deliver_service_mail"]
