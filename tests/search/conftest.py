"""The desk of the console's tests: what is found is looked at on its page."""

from tests.console.conftest import _a_fresh_start, desk

__all__ = ["_a_fresh_start", "desk"]
