-- The same for somebody whose ticket is only being opened: by service, else by customer.
SELECT coalesce(
           (SELECT agreement FROM service WHERE id = %(service_id)s),
           (SELECT min(agreement) FROM service
            WHERE customer_id = %(customer_id)s AND state <> 'ended'
            HAVING count(DISTINCT agreement) = 1),
           '') AS asked,
       (SELECT coalesce(string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id), '')
        FROM agreement)
       || '/' || (SELECT coalesce(string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id), '')
                  FROM working_calendar)
       || '/' || (SELECT coalesce(string_agg(concat_ws('.', id, version, xmin), ' ' ORDER BY id), '')
                  FROM holiday_set) AS stamp
