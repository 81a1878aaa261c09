-- What a customer was told of one ticket, and what is on its way to them: for the page that says
-- what they get. What was taken back before it left is not among it.
SELECT delivery.id, delivery.kind, delivery.channel, delivery.state, delivery.error,
       delivery.not_before, delivery.sent_at, message.author,
       COALESCE(contact.name, '') AS name, delivery.to ->> 0 AS address,
       jsonb_array_length(delivery.cc) AS copies
FROM delivery
JOIN message ON message.id = delivery.message_id
LEFT JOIN contact ON contact.id = delivery.contact_id
WHERE delivery.ticket_id = %(ticket)s AND delivery.kind IN ('receipt', 'reply')
  AND message.withdrawn_at IS NULL
ORDER BY delivery.not_before, delivery.id
LIMIT 200
