-- Answers drawn to be read again: those that wait for this reader, and those that are done.
-- Words only of requests that the reader may see; `for_all`: whoever reads again sees all reviews
-- of such requests, everybody else the done ones of their own answers.
SELECT review.id, review.ticket_id, review.message_id, review.day, review.mark, review.done_at,
       writer.name AS writer, coalesce(reviewer.name, '') AS reviewer,
       coalesce(ticket.name, '') AS subject,
       coalesce(answer_words.text, '') AS answer,
       coalesce((SELECT said.text FROM message question
                 LEFT JOIN ground_said said ON said.id = question.words_id
                 WHERE question.ticket_id = review.ticket_id AND question.direction = 'in'
                   AND question.audience = 'customer' AND question.side_id IS NULL
                   AND (question.at, question.id) < (answer.at, answer.id)
                 ORDER BY question.at DESC, question.id DESC LIMIT 1), '') AS question,
       coalesce(comment.text, '') AS comment
FROM answer_review review
JOIN trouble_ticket ticket ON ticket.id = review.ticket_id
JOIN message answer ON answer.id = review.message_id
JOIN agent writer ON writer.id = review.writer_id
LEFT JOIN agent reviewer ON reviewer.id = review.reviewer_id
LEFT JOIN ground_said answer_words ON answer_words.id = answer.words_id
LEFT JOIN ground_said comment ON comment.id = review.words_id
WHERE (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
  AND (%(is_done)s = (review.done_at IS NOT NULL))
  AND (CASE WHEN %(is_done)s THEN %(for_all)s OR review.writer_id = %(me)s
            ELSE %(for_all)s AND review.writer_id <> %(me)s END)
ORDER BY review.done_at DESC NULLS LAST, review.id
LIMIT %(most)s
