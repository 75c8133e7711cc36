-- 0023_forget_factor.sql: who is erased leaves no second factor behind.
-- As before; the account's sealed secret and its feed's number go, too.
CREATE OR REPLACE FUNCTION forget(who uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    t record;
BEGIN
    UPDATE report SET person = gen_random_uuid(), words = ''
    WHERE person = who;
    UPDATE ban SET reason = '' WHERE person = who;
    FOR t IN SELECT k.name, a.attname AS col
        FROM kept_tables() k JOIN pg_attribute a
            ON a.attrelid = to_regclass(quote_ident(k.name))
            AND a.atttypid = 'uuid'::regtype AND NOT a.attisdropped
        WHERE k.name NOT IN ('comment', 'vote', 'report', 'ban', 'erasure')
            AND (a.attname = 'person' OR k.name = 'person' OR EXISTS (
                SELECT FROM pg_constraint c
                WHERE c.conrelid = a.attrelid AND c.contype = 'f'
                    AND c.confrelid = 'account'::regclass
                    AND c.conkey = ARRAY[a.attnum])) LOOP
        EXECUTE format('DELETE FROM %I WHERE %I = $1', t.name, t.col)
        USING who;
    END LOOP;
    UPDATE account SET name = 'erased:' || gen_random_uuid(), password = '',
        reviewer = '', suspended = true, token_epoch = token_epoch + 1,
        totp = '', totp_step = 0, feed = 0
    WHERE id = who;
    DELETE FROM erasure WHERE person = who;
END $$;
