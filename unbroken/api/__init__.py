"""What other systems see: the record as JSON, for whoever holds a token.

Every address is described in `/api/openapi.json`. What comes in is taken in raw, like a mail;
what goes out is what an agent of the token's teams would see. It has no rule of its own about
tickets: those are the record's.
"""
