-- Whether anybody but the house itself did something to a request after this version.
SELECT EXISTS (
    SELECT 1 FROM ground_event event
    WHERE event.stream = 'ticket:' || %(number)s::bigint
      AND event.version > %(version)s AND event.by <> 'house') AS is_touched
