-- News to many, the latest first, and how far each is: for whoever may stop or approve it.
SELECT notice.id, notice.problem, notice.plan, notice.message, notice.step, notice.state, notice.words_id,
       notice.made_by, notice.made_at, notice.letters,
       count(letter.id) FILTER (WHERE letter.state = 'sent') AS sent,
       count(letter.id) FILTER (WHERE letter.state = 'waiting') AS waiting,
       count(letter.id) FILTER (WHERE letter.state = 'spared') AS spared
FROM (
    SELECT * FROM notice WHERE %(only)s = 0 OR id = %(only)s ORDER BY id DESC LIMIT 100
) notice
LEFT JOIN notice_letter letter ON letter.notice_id = notice.id
GROUP BY notice.id, notice.problem, notice.plan, notice.message, notice.step, notice.state, notice.words_id,
         notice.made_by, notice.made_at, notice.letters
ORDER BY notice.id DESC
