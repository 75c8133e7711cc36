-- invite_add: site, id, role, account, note, maker, ends -> none
INSERT INTO invitation (site_id, id, role, account_id, note, made_by, ends)
VALUES ($1::smallint, $2, $3::text::account_role,
    nullif($4, '00000000-0000-0000-0000-000000000000'::uuid), $5, $6,
    from_usec($7));

-- invite_list: site -> id, role, account, name, note, maker, ends
SELECT i.id, i.role, i.account_id, a.name, i.note, i.made_by, usec(i.ends)
FROM invitation i LEFT JOIN account a ON a.id = i.account_id
WHERE i.site_id = $1::smallint AND i.ends > now()
ORDER BY i.ends DESC LIMIT 100;

-- invite_get: site, id -> id, role, account, name, note, maker, ends
SELECT i.id, i.role, i.account_id, a.name, i.note, i.made_by, usec(i.ends)
FROM invitation i LEFT JOIN account a ON a.id = i.account_id
WHERE i.site_id = $1::smallint AND i.id = $2 AND i.ends > now();

-- invite_take: site, id -> id, role, account, name, note, maker, ends
WITH taken AS (
    DELETE FROM invitation i
    WHERE i.site_id = $1::smallint AND i.id = $2 AND i.ends > now()
    RETURNING i.id, i.role, i.account_id, i.note, i.made_by, i.ends
)
SELECT t.id, t.role, t.account_id, a.name, t.note, t.made_by, usec(t.ends)
FROM taken t LEFT JOIN account a ON a.id = t.account_id;

-- invite_retire: site -> none
DELETE FROM invitation WHERE id IN (
    SELECT i.id FROM invitation i
    WHERE i.site_id = $1::smallint AND i.ends < now()
    ORDER BY i.ends LIMIT 1000);
