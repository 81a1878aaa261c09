-- How many were asked whether it is well again after a problem, and what they answered.
SELECT (SELECT count(DISTINCT letter.contact)
        FROM notice_letter letter
        JOIN notice ON notice.id = letter.notice_id
        WHERE notice.problem = %(problem)s AND notice.message = 'over'
          AND letter.state = 'sent') AS asked,
       count(*) FILTER (WHERE says = 'yes') AS yes,
       count(*) FILTER (WHERE says = 'no') AS no,
       array_remove(array_agg(ticket ORDER BY ticket) FILTER (WHERE says = 'no'), NULL) AS tickets
FROM well_answer
WHERE problem = %(problem)s
