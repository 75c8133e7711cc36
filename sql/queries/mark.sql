-- mark_use: thread, mark, key, ends -> none
-- Refused (23505) where another comment has used it; that undoes all that
-- crossed with it, so the comment needs no round trip and no plan node for it.
INSERT INTO mark_used (thread_id, mark, client_key, ends)
SELECT $1, $2, $3, from_usec($4)
WHERE NOT EXISTS (SELECT FROM mark_used m
    WHERE m.thread_id = $1 AND m.mark = $2 AND m.client_key = $3);

-- mark_retire: -> none
-- Filters go by their node's clock, which may be behind.
DELETE FROM mark_used u USING (
    SELECT o.thread_id, o.mark FROM mark_used o
    WHERE o.ends < now() - interval '10 minutes'
    ORDER BY o.ends LIMIT 1000
) old
WHERE u.thread_id = old.thread_id AND u.mark = old.mark;
