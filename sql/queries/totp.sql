-- totp_set: account, secret, step -> id
UPDATE account SET totp = $2, totp_step = $3
WHERE id = $1
RETURNING id;

-- totp_step: account, step -> id
UPDATE account SET totp_step = $2 WHERE id = $1 AND totp_step < $2
RETURNING id;

-- totp_codes_drop: account -> none
DELETE FROM recovery_code WHERE account_id = $1;

-- totp_codes_add: account, hashes -> none
INSERT INTO recovery_code (account_id, hash)
SELECT $1, decode(h, 'hex') FROM unnest($2::text::text[]) AS h;

-- totp_code_use: account, hash -> left
WITH used AS (
    DELETE FROM recovery_code
    WHERE account_id = $1 AND hash = decode($2, 'hex')
    RETURNING account_id
)
SELECT (SELECT count(*) FROM recovery_code r WHERE r.account_id = $1) - 1
FROM used;

-- totp_codes_left: account -> left
SELECT count(*) FROM recovery_code WHERE account_id = $1;

-- totp_list: after account -> account, secret
SELECT id, totp FROM account WHERE id > $1 AND totp <> ''
ORDER BY id LIMIT 200;

-- totp_reseal: account, secret as it was, as it is -> id
UPDATE account SET totp = $3 WHERE id = $1 AND totp = $2
RETURNING id;
