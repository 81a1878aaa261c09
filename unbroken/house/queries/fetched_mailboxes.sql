-- Mailboxes elsewhere that are read: when each was last read without trouble, and what ails it.
SELECT mailbox.key, mark.seen_at AS read_at, coalesce(mark.error, '') AS error
FROM mailbox
LEFT JOIN mailbox_mark mark ON mark.mailbox_id = mailbox.id
WHERE mailbox.active AND mailbox.imap <> '{}'
ORDER BY mailbox.key
