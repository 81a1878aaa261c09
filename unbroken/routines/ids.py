"""Numbers that are not to be mixed up."""

from typing import NewType

MacroId = NewType("MacroId", int)
RuleId = NewType("RuleId", int)
RecurrenceId = NewType("RecurrenceId", int)
