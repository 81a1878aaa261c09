-- Requests of which a customer may have to be told by when they will probably be over: nothing was
-- told yet, or what was told has become unlikely, or is far too late. What waits for the customer,
-- or sleeps, has no time of ours. With whoever asked, and where they read mail.
SELECT ticket.id AS number, ticket.name, ticket.status, ticket.team_id, foreseen.p50_at,
       foreseen.p80_at, foreseen.begins_at, problem.problem, ticket.language,
       coalesce(nullif(contact.timezone, ''), nullif(customer.timezone, ''), '') AS timezone,
       told.by AS told_by, told.at AS told_at, told.team AS told_team, ticket.contact_id,
       coalesce(contact.name, '') AS contact, coalesce(mailbox.value, '') AS email,
       coalesce(contact.mails, 'all') AS mails, coalesce(part.follows, true) AS follows
FROM routing_foreseen foreseen
JOIN trouble_ticket ticket ON ticket.id = foreseen.ticket_id
LEFT JOIN contact ON contact.id = ticket.contact_id
LEFT JOIN customer ON customer.id = ticket.customer_id
LEFT JOIN ticket_problem problem ON problem.ticket_id = ticket.id AND problem.ended_at IS NULL
LEFT JOIN participant part ON part.ticket_id = ticket.id AND part.contact_id = ticket.contact_id
     AND part.left_at IS NULL
LEFT JOIN LATERAL (
    SELECT (event.data ->> 'by')::timestamptz AS by, event.at,
           (event.data ->> 'team')::bigint AS team
    FROM ground_event event
    WHERE event.stream = 'ticket:' || ticket.id AND event.kind = 'ticket.estimate_told'
    ORDER BY event.version DESC LIMIT 1
) told ON true
LEFT JOIN LATERAL (
    SELECT address.value FROM contact_address address
    WHERE address.contact_id = contact.id AND address.kind = 'email' AND address.state <> 'dead'
      AND NOT address.taken_off
    ORDER BY address.id LIMIT 1
) mailbox ON true
WHERE foreseen.ended_at IS NULL AND foreseen.at > %(fresh)s
  AND foreseen.version <= ticket.version
  AND ticket.status IN ('acknowledged', 'inProgress', 'held') AND ticket.sleep = ''
  AND NOT ticket.imported AND ticket.merged_into_id IS NULL
  AND (ticket.customer_id IS NOT NULL OR ticket.contact_id IS NOT NULL)
  AND (told.by IS NULL
       OR (foreseen.p50_at > told.by AND (told.at < %(rest)s OR told.by <= %(at)s))
       OR (foreseen.p80_at < told.by - interval '2 hours' AND told.at < %(rest)s))
ORDER BY ticket.id
LIMIT %(limit)s
