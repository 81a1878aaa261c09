-- Files said along with these messages, and where their bytes are.
SELECT attachment.id, attachment.ticket_id, attachment.message_id, attachment.name,
       attachment.media_type, attachment.size, attachment.held, attachment.intake_id,
       attachment.part, attachment.blob_id
FROM attachment
WHERE (%(messages)s::bigint[] IS NULL OR attachment.message_id = ANY (%(messages)s))
  AND (%(file)s::bigint IS NULL OR attachment.id = %(file)s)
ORDER BY attachment.id
