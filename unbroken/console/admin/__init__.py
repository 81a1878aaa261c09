"""The administration: what an operator changes weekly, each with who changed it when, and undo."""
