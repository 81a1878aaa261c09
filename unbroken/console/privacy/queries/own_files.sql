-- The files that came with what a person wrote.
SELECT attachment.id, attachment.ticket_id AS request, attachment.message_id AS message,
       attachment.name
FROM attachment
WHERE attachment.message_id = ANY (%(messages)s::bigint[])
ORDER BY attachment.id
