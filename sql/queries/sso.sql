-- sso_enter: site, jti, ends, subject, name, role, reviewer of, id -> id, name, role, epoch, suspended
-- A token is good once: no row the second time. The account is found by a name
-- that nobody can sign in with; whom an operator made a moderator stays one.
WITH used AS (
    INSERT INTO sso_used (site_id, jti, ends)
    VALUES ($1::smallint, $2, from_usec($3))
    ON CONFLICT DO NOTHING
    RETURNING site_id
), held AS (
    INSERT INTO account AS a (id, name, password, role, reviewer)
    SELECT $8, 'sso:' || u.site_id || ':' || $4::text, '',
        $6::text::account_role, CASE $6::text WHEN 'reviewer' THEN $5::text
            ELSE '' END
    FROM used u
    ON CONFLICT (name) DO UPDATE SET reviewer = excluded.reviewer,
        role = CASE WHEN a.role >= 'moderator' THEN a.role
            ELSE excluded.role END
    WHERE a.password = ''
    RETURNING a.id, a.role, a.token_epoch, a.suspended
), put AS (
    INSERT INTO sso_identity (site_id, subject, account_id, name, reviewer_of)
    SELECT $1::smallint, $4::text, h.id, $5::text, $7::text::text[] FROM held h
    ON CONFLICT (site_id, subject) DO UPDATE SET name = excluded.name,
        reviewer_of = excluded.reviewer_of, seen_at = now()
)
SELECT h.id, $5::text, h.role, h.token_epoch, h.suspended FROM held h;

-- sso_retire: -> none
DELETE FROM sso_used u USING (
    SELECT o.site_id, o.jti FROM sso_used o
    WHERE o.ends < now() - interval '1 hour'
    ORDER BY o.ends LIMIT 1000
) old
WHERE u.site_id = old.site_id AND u.jti = old.jti;
