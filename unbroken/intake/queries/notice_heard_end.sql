-- Who was told of the end of this problem, or is about to be, since it last was back again.
SELECT DISTINCT letter.contact AS id
FROM notice
JOIN notice_letter letter ON letter.notice_id = notice.id
WHERE notice.problem = %(problem)s AND notice.message = 'over'
  AND notice.event > COALESCE((
      SELECT max(event.id) FROM ground_event event
      WHERE event.stream = 'problem:' || %(problem)s::bigint
        AND event.kind = 'problem.reopened'), 0)
