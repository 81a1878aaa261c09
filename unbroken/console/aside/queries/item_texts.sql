-- What the things to do were called, also those taken off: for the story.
SELECT item.id, item.text FROM checklist_item item WHERE item.id = ANY (%(items)s::bigint[])
