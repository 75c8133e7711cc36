-- account_add: id, name, password, role, reviewer -> id
INSERT INTO account (id, name, password, role, reviewer)
VALUES ($1, $2, $3, $4::text::account_role, $5)
RETURNING id;

-- account_by_name: name -> id, name, password, role, epoch, suspended, reviewer, totp, totp step, feed
SELECT id, name, password, role, token_epoch, suspended, reviewer, totp,
    totp_step, feed
FROM account WHERE name = $1;

-- account_by_id: id -> id, name, password, role, epoch, suspended, reviewer, totp, totp step, feed
SELECT id, name, password, role, token_epoch, suspended, reviewer, totp,
    totp_step, feed
FROM account WHERE id = $1;

-- account_list: -> id, name, password, role, epoch, suspended, reviewer, totp, totp step, feed
SELECT id, name, password, role, token_epoch, suspended, reviewer, totp,
    totp_step, feed
FROM account ORDER BY role DESC, name LIMIT 1000;

-- account_staff: -> id, name, password, role, epoch, suspended, reviewer, totp, totp step, feed
SELECT id, name, password, role, token_epoch, suspended, reviewer, totp,
    totp_step, feed
FROM account WHERE role >= 'reviewer'
ORDER BY role DESC, name LIMIT 500;

-- account_named: name -> id, name, password, role, epoch, suspended, reviewer, totp, totp step, feed
-- Whose names begin so, readers among them.
SELECT id, name, password, role, token_epoch, suspended, reviewer, totp,
    totp_step, feed
FROM account WHERE lower(name) ~>=~ lower($1)
    AND lower(name) ~<~ (lower($1) || chr(1114111))
ORDER BY lower(name) USING ~<~ LIMIT 50;

-- account_owners: -> id
SELECT id FROM account WHERE role = 'owner' AND NOT suspended
ORDER BY id LIMIT 2 FOR UPDATE;

-- account_lock: id -> name, role, suspended
SELECT name, role, suspended FROM account WHERE id = $1 FOR UPDATE;

-- account_set: id, role, suspended -> id
UPDATE account SET role = $2::text::account_role, suspended = $3::text::boolean,
    token_epoch = token_epoch + 1
WHERE id = $1
RETURNING id;

-- account_password: name, password -> id
UPDATE account SET password = $2, token_epoch = token_epoch + 1
WHERE name = $1
RETURNING id;

-- account_revoke: name -> id
UPDATE account SET token_epoch = token_epoch + 1
WHERE name = $1
RETURNING id;

-- account_feed: id, on -> feed
UPDATE account SET feed = CASE WHEN $2::text::boolean
    THEN floor(extract(epoch FROM clock_timestamp()) * 1000) ELSE 0 END
WHERE id = $1
RETURNING feed;

-- account_choice: site -> reviewers, tally
SELECT c.reviewers, c.tally FROM site_choice c WHERE c.site_id = $1::smallint;

-- account_reviewed: site, account, slug -> one row if they wrote the review
SELECT 1 FROM review r JOIN account a ON a.id = $2
LEFT JOIN sso_identity i ON i.account_id = a.id AND i.site_id = r.site_id
WHERE r.site_id = $1::smallint AND r.slug = $3::text
    AND ((a.reviewer <> '' AND a.reviewer = ANY (
            regexp_split_to_array(r.reviewer, ', | and | & ')))
        OR $3 = ANY (i.reviewer_of));

-- account_reviews: site, account -> slug, heading, held, counted to 1000
-- What they wrote that has something to rule on, the newest first.
SELECT r.slug, r.heading, (SELECT count(*) FROM (SELECT FROM comment c
    WHERE c.thread_id = r.id AND c.state = 'held' LIMIT 1000) h)
FROM account a LEFT JOIN sso_identity i ON i.account_id = a.id
    AND i.site_id = $1::smallint
CROSS JOIN LATERAL (SELECT r.id, r.slug, r.heading FROM review r
    WHERE r.site_id = $1::smallint
        AND ((a.reviewer <> '' AND position(a.reviewer IN r.reviewer) > 0
            AND a.reviewer = ANY (
                regexp_split_to_array(r.reviewer, ', | and | & ')))
            OR r.slug = ANY (i.reviewer_of))
        AND EXISTS (SELECT FROM comment c
            WHERE c.thread_id = r.id AND c.state = 'held')
    ORDER BY r.issue DESC, r.id DESC LIMIT 200) r
WHERE a.id = $2;
