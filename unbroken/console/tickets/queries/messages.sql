-- What was said on a ticket and on those merged into it, the latest first (side talks apart), with words, files
-- how far each sending has come, and what colleagues marked. Words that were erased are null.
-- Planned once.
SELECT message.id, message.ticket_id, message.version, message.kind, message.direction,
       message.audience, message.author, message.channel, message.at, message.subject,
       message.from_name, message.from_address, message."to", message.cc, message.intake_id,
       message.withdrawn_at, message.problem,
       message.words_id IS NOT NULL AS has_words, words.text AS words,
       quoted.text AS quoted,
       coalesce(files.files, '[]'::jsonb) AS files,
       coalesce(sendings.sendings, '[]'::jsonb) AS sendings, marks.marks
FROM message
LEFT JOIN ground_said words ON words.id = message.words_id
LEFT JOIN ground_said quoted ON quoted.id = message.quoted_id
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
               'id', file.id, 'name', file.name, 'size', file.size, 'held', file.held,
               'media_type', file.media_type, 'inline', file.inline) ORDER BY file.id) AS files
    FROM attachment file WHERE file.message_id = message.id
) files ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
               'id', delivery.id, 'state', delivery.state, 'channel', delivery.channel,
               'sent_at', delivery.sent_at, 'error', delivery.error,
               'attempts', delivery.attempts) ORDER BY delivery.id) AS sendings
    FROM delivery WHERE delivery.message_id = message.id
) sendings ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
               'id', mark.id, 'start', mark.start, 'end', mark."end", 'quoted', mark.quoted,
               'who', marker.name, 'at', mark.at) ORDER BY mark.start, mark.id) AS marks
    FROM highlight mark JOIN agent marker ON marker.id = mark.agent_id
    WHERE mark.message_id = message.id AND mark.quoted <> ''
) marks ON true
WHERE message.ticket_id = ANY (%(tickets)s::bigint[]) AND message.side_id IS NULL
ORDER BY message.at DESC, message.id DESC
LIMIT %(limit)s
