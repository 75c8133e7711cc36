-- session_check: account, session -> epoch
WITH seen AS (
    UPDATE account_session SET seen_at = date_trunc('hour', now())
    WHERE account_id = $1 AND id = $2
        AND seen_at < date_trunc('hour', now())
)
SELECT a.token_epoch FROM account a
JOIN account_session s ON s.account_id = a.id AND s.id = $2
WHERE a.id = $1;

-- session_add: account, session, device, ends -> none
WITH over AS (
    DELETE FROM account_session
    WHERE account_id = $1 AND id IN (
        SELECT s.id FROM account_session s WHERE s.account_id = $1
        ORDER BY s.ends DESC OFFSET 19)
)
INSERT INTO account_session (account_id, id, device, made_at, seen_at, ends)
VALUES ($1, $2, $3, date_trunc('hour', now()), date_trunc('hour', now()),
    from_usec($4));

-- session_list: account -> id, device, made, seen
SELECT id, device, usec(made_at), usec(seen_at) FROM account_session
WHERE account_id = $1 AND ends > now()
ORDER BY seen_at DESC, made_at DESC, id LIMIT 20;

-- session_end: account, session -> id
DELETE FROM account_session WHERE account_id = $1 AND id = $2 RETURNING id;

-- session_retire: -> none
DELETE FROM account_session WHERE (account_id, id) IN (
    SELECT s.account_id, s.id FROM account_session s
    WHERE s.ends < now() ORDER BY s.ends LIMIT 1000);

-- session_try: network, name, most of a network, most of a name, seconds -> seconds to wait
WITH network AS (
    INSERT INTO sign_in_try AS t (key, since, n) VALUES ($1::bytea, now(), 1)
    ON CONFLICT (key) DO UPDATE SET
        since = CASE WHEN t.since < now() - make_interval(secs => $5)
            THEN now() ELSE t.since END,
        n = CASE WHEN t.since < now() - make_interval(secs => $5)
            THEN 1 ELSE least(t.n, 10000) + 1 END
    RETURNING n > $3 AS over, since
), named AS (
    INSERT INTO sign_in_try AS t (key, since, n)
    SELECT $2::bytea, now(), 1 FROM network WHERE NOT over
    ON CONFLICT (key) DO UPDATE SET
        since = CASE WHEN t.since < now() - make_interval(secs => $5)
            THEN now() ELSE t.since END,
        n = CASE WHEN t.since < now() - make_interval(secs => $5)
            THEN 1 ELSE least(t.n, 10000) + 1 END
    RETURNING n > $4 AS over, since
)
SELECT coalesce(max(ceil(extract(epoch FROM since - now()) + $5)), 0)::bigint
FROM (SELECT over, since FROM network
    UNION ALL SELECT over, since FROM named) x
WHERE over;

-- session_tried: network, name -> none
WITH network AS (
    UPDATE sign_in_try SET n = greatest(n - 1, 0) WHERE key = $1::bytea
)
DELETE FROM sign_in_try WHERE key = $2::bytea;

-- session_try_retire: seconds -> none
DELETE FROM sign_in_try WHERE key IN (
    SELECT t.key FROM sign_in_try t
    WHERE t.since < now() - make_interval(secs => $1)
    ORDER BY t.since LIMIT 1000);
