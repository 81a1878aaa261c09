-- What a customer may read of the conversation: what was said to the customer's side or by it,
-- never a third party's words, never a note, nothing that was or still can be taken back.
SELECT message.id, message.ticket_id, message.direction, message.kind, message.author,
       message.at, message.from_name, coalesce(contact.name, '') AS contact_name,
       message.words_id IS NOT NULL AS has_words, said.text AS words,
       coalesce(quoted.text, '') AS quoted, message.problem
FROM message
LEFT JOIN ground_said said ON said.id = message.words_id
LEFT JOIN ground_said quoted ON quoted.id = message.quoted_id
LEFT JOIN contact ON contact.id = CASE WHEN message.author LIKE 'contact:%%'
    THEN split_part(message.author, ':', 2)::bigint END
WHERE message.ticket_id = ANY (%(tickets)s)
  AND message.audience = 'customer' AND message.withdrawn_at IS NULL
  AND message.kind IN ('message', 'receipt')
  AND CASE message.direction
      WHEN 'in' THEN message.author LIKE 'agent:%%' OR contact.id IN (
          SELECT participant.contact_id FROM participant
          WHERE participant.ticket_id = ANY (%(tickets)s) AND participant.confirmed)
      WHEN 'out' THEN message.kind = 'receipt' OR message.at <= %(settled_at)s
      ELSE false END
ORDER BY message.at, message.id
