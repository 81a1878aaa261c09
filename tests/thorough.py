"""What is tried so often that a run between two changes would not wait for it.

A test marked `thorough` tries some of its kind in the quick suite, and all of it with
UNBROKEN_TEST_THOROUGH=1, as continuous integration does; with 2 there is no sampling at all.
"""

import os

THOROUGH = int(os.environ.get("UNBROKEN_TEST_THOROUGH") or 0)


def examples(many: int) -> int:
    """How many examples of a property are tried: all of them, or a fifth."""
    return many if THOROUGH else max(many // 5, 5)
