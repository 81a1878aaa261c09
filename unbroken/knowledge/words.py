"""Why something about an article or a canned answer was not done, in words."""

from unbroken.ground.change import refusals
from unbroken.ground.words import _

refusals(
    {
        "article.unknown_topic": _("There is no topic {key} to hang an article on."),
        "article.unknown_language": _("Articles are not written in {tongue}."),
        "article.unknown_audience": _("An article is public or internal."),
        "article.says_nothing": _("An article needs a title and a text."),
        "article.too_long": _("An article has room for {letters} letters; make two of it."),
        "article.retired_already": _("The article was taken down; publish it again first."),
        "article.nothing_new": _("Nothing was written that is not published already."),
        "picture.is_none": _("This is no picture: give a PNG, JPEG, GIF or WebP file."),
        "picture.too_large": _("The picture is larger than {limit}."),
        "canned.no_name": _("A canned answer needs a short name without spaces."),
        "canned.name_taken": _("Another canned answer is called {name}."),
        "canned.says_nothing": _("A canned answer needs a text in at least one language."),
        "canned.unknown_variable": _("There is no variable {{{name}}}. There are: {known}."),
    }
)
