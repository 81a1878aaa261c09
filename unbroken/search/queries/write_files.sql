-- Files of these tickets that hold words and are not read yet wait to be read. What is held apart
-- (it could run something) or is very large stays unread.
INSERT INTO search_file (attachment_id, ticket_id, state, text)
SELECT attachment.id, message.ticket_id, 'waiting', ''
FROM message JOIN attachment ON attachment.message_id = message.id
WHERE message.ticket_id = ANY (%(tickets)s) AND attachment.held = ''
  AND attachment.size BETWEEN 1 AND %(bytes)s
  AND attachment.name ~* '\.(pdf|docx|odt|txt|csv|log|md)$'
ON CONFLICT (attachment_id) DO NOTHING
