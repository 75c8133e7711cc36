-- account_add: id, name, password, role, reviewer -> id
INSERT INTO account (id, name, password, role, reviewer)
VALUES ($1, $2, $3, $4::text::account_role, $5)
RETURNING id;

-- account_by_name: name -> id, name, password, role, epoch, suspended, reviewer
SELECT id, name, password, role, token_epoch, suspended, reviewer
FROM account WHERE name = $1;

-- account_by_id: id -> id, name, password, role, epoch, suspended, reviewer
SELECT id, name, password, role, token_epoch, suspended, reviewer
FROM account WHERE id = $1;

-- account_list: -> id, name, password, role, epoch, suspended, reviewer
SELECT id, name, password, role, token_epoch, suspended, reviewer
FROM account ORDER BY role DESC, name LIMIT 1000;

-- account_password: name, password -> id
UPDATE account SET password = $2, token_epoch = token_epoch + 1
WHERE name = $1
RETURNING id;

-- account_revoke: name -> id
UPDATE account SET token_epoch = token_epoch + 1
WHERE name = $1
RETURNING id;

-- account_epoch: id -> epoch
SELECT token_epoch FROM account WHERE id = $1;

-- account_reviewer: name, reviewer -> id
UPDATE account SET reviewer = $2 WHERE name = $1
RETURNING id;
