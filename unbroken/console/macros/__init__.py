"""Macros: offered, shown before they act, taken back at once; and written."""
