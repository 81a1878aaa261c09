-- Where somebody is signed in: browsers whose session still lasts, the last seen first.
SELECT browser.id, browser.session_key, browser.place, browser.device, browser.way,
       browser.since_at, browser.seen_at
FROM browser
JOIN django_session session ON session.session_key = browser.session_key
WHERE browser.agent_id = %(agent_id)s AND session.expire_date > %(at)s
ORDER BY browser.seen_at DESC, browser.id
