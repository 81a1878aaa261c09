"""What may be wrong with a mail, in sentences fit for an agent; worded at the face."""

from typing import Final

from unbroken.ground.words import _

CUT: Final = _(
    "This mail is too large: only its beginning was fetched, the whole lies in its mailbox."
)
EMPTY: Final = _("This mail is empty.")
ENCRYPTED: Final = _("This mail is encrypted; only its recipient's own program reads it.")
FILE_TOO_LONG: Final = _("The file is too long for one mail; its beginning was read.")
HEAD_TOO_LONG: Final = _("The head of this mail is too long; only its beginning was read.")
NO_HEADERS: Final = _("This mail has no headers; all of it is shown as its text.")
TEXT_TOO_LONG: Final = _("The text is very long; all of it is in the attachment with its name.")
TOO_DEEP: Final = _("This mail is nested too deeply to be read; its source is kept.")
TOO_MANY_PARTS: Final = _("This mail has too many parts; the rest is in its source.")
UNREADABLE: Final = _("This mail could not be read; its source is kept.")
