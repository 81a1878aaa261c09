-- Names and numbers of the card index, one word a row; of one thing, or (ids NULL) of all.
WITH named AS (
    SELECT 'customer' AS kind, id AS ref_id, id AS customer_id,
           concat_ws(' ', name, key) AS words, '' AS whole
    FROM customer WHERE %(kind)s IN ('customer', 'all') AND (%(id)s::bigint IS NULL OR id = %(id)s)
    UNION ALL
    SELECT 'contact', id, customer_id, name, ''
    FROM contact WHERE %(kind)s IN ('contact', 'all') AND (%(id)s::bigint IS NULL OR id = %(id)s)
    UNION ALL
    SELECT CASE address.kind WHEN 'postal' THEN 'address' WHEN 'fax' THEN 'phone'
                ELSE address.kind END,
           contact.id, contact.customer_id,
           CASE WHEN address.kind = 'postal' THEN address.value ELSE '' END,
           CASE WHEN address.kind = 'postal' THEN ''
                WHEN address.kind IN ('phone', 'fax') THEN '#' || reverse(regexp_replace(
                    split_part(address.normal, ';', 1), '\D', '', 'g'))
                ELSE lower(address.normal) END
    FROM contact JOIN contact_address address ON address.contact_id = contact.id
    WHERE %(kind)s IN ('contact', 'all') AND (%(id)s::bigint IS NULL OR contact.id = %(id)s)
      AND NOT address.taken_off AND address.normal <> ''
    UNION ALL
    SELECT 'service', service.id, service.customer_id, '', number
    FROM service
    CROSS JOIN LATERAL unnest(ARRAY[
        regexp_replace(lower(circuit), '[^[:alnum:]]', '', 'g'), lower(access_name),
        regexp_replace(lower(coalesce(key, '')), '[^[:alnum:]]', '', 'g'), coalesce(host(ip), '')
    ]) AS number
    WHERE %(kind)s IN ('service', 'all') AND (%(id)s::bigint IS NULL OR service.id = %(id)s)
    UNION ALL
    SELECT 'place', id, customer_id, name, ''
    FROM place WHERE %(kind)s IN ('place', 'all') AND (%(id)s::bigint IS NULL OR id = %(id)s)
), keys AS (
    SELECT DISTINCT kind, ref_id, customer_id, word AS key, word ~ '^[[:alpha:]]{4,24}$' AS is_word
    FROM named
    CROSS JOIN LATERAL regexp_split_to_table(search_plain(words), '[^[:alnum:]]+') AS word
    WHERE word <> ''
    UNION
    SELECT kind, ref_id, customer_id, whole, false FROM named WHERE whole NOT IN ('', '#')
)
INSERT INTO search_name (kind, ref_id, customer_id, key, near)
SELECT kind, ref_id, customer_id, left(key, 200),
       CASE WHEN is_word THEN search_near(key) ELSE '{}' END
FROM keys
