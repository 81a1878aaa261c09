"""The index: which ticket holds which words, whose names there are, how words are spelt.

All of it is working state: it can be thrown away and built again from the record.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from unbroken.ground.models import Working


class IndexedTicket(Working):
    """The words of a ticket; one row, and further parts where somebody wrote a book.

    `upto` is the version of the last message inside, `size` how many letters went in. `marks`
    say who may see it and what narrows a search, in the same index as the words: a search
    for a word that half of all tickets hold reads only as far as it has to.
    """

    ticket_id = models.BigIntegerField()
    part = models.SmallIntegerField(default=0)
    upto = models.IntegerField(default=0)
    size = models.IntegerField(default=0)
    marks = ArrayField(models.TextField(), default=list)
    words = SearchVectorField()

    class Meta:
        db_table = "search_ticket"
        constraints = [
            models.UniqueConstraint(fields=["ticket_id", "part"], name="search_ticket_once")
        ]
        indexes = [
            GinIndex(fields=["marks", "words"], name="search_ticket_words", fastupdate=False)
        ]


class IndexedFile(Working):
    """The words of an attachment, read apart. State: waiting, read, empty, locked, unreadable.

    While it is read it says so, with how often it was tried: `reading 1`.
    """

    attachment_id = models.BigIntegerField(primary_key=True)
    ticket_id = models.BigIntegerField()
    state = models.TextField()
    text = models.TextField(default="")

    class Meta:
        db_table = "search_file"
        indexes = [models.Index(fields=["ticket_id"], name="search_file_ticket")]


class KnownName(Working):
    """A name or number of the card index, one word of it a row: whose it is, how it is found.

    `key` is the spelling it is looked up by: lower case, digits of a telephone backwards.
    """

    kind = models.TextField()
    ref_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    key = models.TextField()
    near = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "search_name"
        indexes = [
            models.Index(fields=["kind", "ref_id"], name="search_name_ref"),
            models.Index(fields=["key"], name="search_name_key", opclasses=["text_pattern_ops"]),
            GinIndex(fields=["near"], name="search_name_near", fastupdate=False),
        ]


class KnownWord(Working):
    """How a word is spelt; it forgives typing once three customers have used it.

    `near` holds what is left of it when one letter is dropped: two words that differ by one
    slip share one of these.
    """

    word = models.TextField(primary_key=True)
    seen = models.SmallIntegerField(default=1)
    customer_id = models.BigIntegerField(null=True)
    near = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "search_word"
        indexes = [
            GinIndex(
                fields=["near"],
                name="search_word_near",
                fastupdate=False,
                condition=models.Q(seen__gte=3),
            )
        ]


class StaleTicket(Working):
    """A ticket with something new; `whole`: a name changed or somebody was forgotten, so anew."""

    ticket_id = models.BigIntegerField(primary_key=True)
    whole = models.BooleanField(default=True, db_default=True)

    class Meta:
        db_table = "search_stale"


class Progress(Working):
    """How far a long work on the index has come."""

    name = models.TextField(primary_key=True)
    upto = models.BigIntegerField(default=0)

    class Meta:
        db_table = "search_progress"
