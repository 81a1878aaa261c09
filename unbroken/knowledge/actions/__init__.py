"""What can happen to what is known: an article is written, read, published, retired; a canned
answer is set. Nothing else in the house writes them.
"""

from unbroken.knowledge import words as words
from unbroken.knowledge.actions.articles import (
    publish_article,
    retire_article,
    return_article,
    submit_article,
    write_article,
)
from unbroken.knowledge.actions.canned import set_canned_answer
from unbroken.knowledge.actions.pictures import add_picture

__all__ = [
    "add_picture",
    "publish_article",
    "retire_article",
    "return_article",
    "set_canned_answer",
    "submit_article",
    "write_article",
]
