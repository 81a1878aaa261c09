-- One more part: a custom field holds this. FITS is one of the comparisons in by_field.py.
AND ticket.id IN (SELECT held.ticket_id FROM field_value held
                  WHERE held.field_id = %(field_PLACE)s AND FITS)
