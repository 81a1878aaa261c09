"""The numbers by which the house knows people, places and things."""

from typing import NewType

CustomerId = NewType("CustomerId", int)
ContactId = NewType("ContactId", int)
PlaceId = NewType("PlaceId", int)
ProductId = NewType("ProductId", int)
ServiceId = NewType("ServiceId", int)
ResourceId = NewType("ResourceId", int)
PartnerId = NewType("PartnerId", int)
