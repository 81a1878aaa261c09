"""What of coming and going grows old: sessions that ended, and the trace of deeds."""

from unbroken.ground.keeping import Keeping, keeping
from unbroken.ground.words import _

keeping(
    Keeping(
        key="traces",
        label=_("Who signed in, read other queues, took data away"),
        about=_("The part of “Who did what” that changed nothing. It counts from the deed."),
        old="SELECT id, at FROM trace WHERE at < %(before)s",
        steps=("DELETE FROM trace WHERE id = ANY (%(ids)s)",),
        days=730,
        least=30,
        because=_("who looked at what has to be found for a while."),
    )
)
keeping(
    Keeping(
        key="sessions",
        label=_("Sessions that ended"),
        about=_("From where and with which browser somebody was signed in, agents and customers."),
        old="""
            SELECT session_key AS id, coalesce(session.expire_date, browser.seen_at) AS at
            FROM django_session session FULL JOIN browser USING (session_key)
            WHERE coalesce(session.expire_date, browser.seen_at) < %(before)s""",
        steps=(
            "DELETE FROM django_session WHERE session_key = ANY (%(ids)s)",
            "DELETE FROM browser WHERE session_key = ANY (%(ids)s)",
        ),
        days=30,
    )
)
