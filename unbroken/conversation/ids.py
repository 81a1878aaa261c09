"""The numbers by which the house knows what was said. A ticket's number is its id."""

from typing import NewType

TicketId = NewType("TicketId", int)
MessageId = NewType("MessageId", int)
AttachmentId = NewType("AttachmentId", int)
DeliveryId = NewType("DeliveryId", int)
TopicId = NewType("TopicId", int)
SaidId = NewType("SaidId", int)
