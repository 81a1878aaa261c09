-- Who may decide what people of these customers ordered: those of the customer and of the companies
-- above it. Asked for many customers at once, for a page that lists their orders.
WITH RECURSIVE above AS (
    SELECT customer.id AS for_customer, customer.id, customer.kind, customer.parent_id,
           1 AS floor
    FROM customer
    WHERE customer.id = ANY (%(customers)s::bigint[])
    UNION ALL
    SELECT above.for_customer, parent.id, parent.kind, parent.parent_id, above.floor + 1
    FROM above
    JOIN customer parent ON parent.id = above.parent_id
    WHERE above.floor < %(floors)s AND above.kind = 'company'
)
SELECT DISTINCT above.for_customer, contact.id AS contact_id, contact.approves, contact.manages
FROM above
JOIN contact ON contact.customer_id = above.id
WHERE contact.confirmed AND contact.left_at IS NULL AND (contact.approves OR contact.manages)
