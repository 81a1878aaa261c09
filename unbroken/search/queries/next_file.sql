-- The newest file whose words nobody has read yet, with its bytes or the mail they are a part of.
SELECT file.attachment_id, file.ticket_id, file.state, attachment.name, attachment.media_type,
       attachment.part, coalesce(blob.data, intake.raw) AS raw, blob.id IS NULL AS is_part
FROM search_file file
JOIN attachment ON attachment.id = file.attachment_id
LEFT JOIN ground_blob blob ON blob.id = attachment.blob_id
LEFT JOIN intake ON intake.id = attachment.intake_id AND attachment.blob_id IS NULL
WHERE file.state IN ('waiting', 'waiting again')
ORDER BY file.state DESC, file.attachment_id DESC
LIMIT 1
