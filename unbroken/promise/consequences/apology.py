"""An apology: a person is reminded to say that we are sorry. Nothing is sent by itself."""

from unbroken.ground.words import _
from unbroken.promise.consequence import Consequence

consequence = Consequence(
    key="apology",
    label=_("An apology"),
    task=_("Apologise for the missed promise: {measure}"),
)
