-- Short texts for the composer: those of the topic and of all above it, nearest first, then those
-- that fit every request; each in the best language it has.
SELECT DISTINCT ON (place, canned.name, canned.id)
       canned.id, canned.name, canned.topic_id, canned.active, wording.language, wording.text,
       coalesce(array_position(%(topics)s::bigint[], canned.topic_id), 1000) AS place
FROM canned_answer canned
JOIN canned_text wording ON wording.canned_id = canned.id AND wording.text <> ''
WHERE canned.active
  AND (canned.topic_id IS NULL OR canned.topic_id = ANY (%(topics)s::bigint[]))
ORDER BY place, canned.name, canned.id,
         array_position(%(languages)s::text[], wording.language)
