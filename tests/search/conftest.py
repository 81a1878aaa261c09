"""The desk of the console's tests: what is found is looked at on its page."""

from tests.console.conftest import _nothing_is_remembered, desk

__all__ = ["_nothing_is_remembered", "desk"]
