-- How many answers were read again on these days and how good they were, and in the span before.
-- Only of requests that the reader may see. `mine`: answers that they wrote themselves.
SELECT count(*) FILTER (WHERE review.done_at >= %(since)s) AS amount,
       avg(review.mark) FILTER (WHERE review.done_at >= %(since)s)::float8 AS mark,
       count(*) FILTER (WHERE review.done_at < %(since)s) AS before
FROM answer_review review
JOIN trouble_ticket ticket ON ticket.id = review.ticket_id
WHERE review.done_at >= %(before)s AND review.done_at < %(until)s
  AND (NOT %(mine)s OR review.writer_id = %(me)s)
  AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
