-- What takes an act back, for as long as the log remembers it; featured comments
-- in a list; where comments were before they moved.

-- The threads that a comment was in, but the one where it is: the log's rows of
-- then are found by it.
CREATE TABLE comment_moved (
    thread_id   bigint NOT NULL,            -- where it is
    comment_id  bigint NOT NULL,
    was         bigint NOT NULL,            -- where it was
    PRIMARY KEY (thread_id, comment_id, was),
    FOREIGN KEY (thread_id, comment_id) REFERENCES comment
        ON UPDATE CASCADE ON DELETE CASCADE
);
INSERT INTO comment_moved (thread_id, comment_id, was)
SELECT thread_id, id, home FROM comment WHERE home IS NOT NULL;

-- Of a text that a moderator replaced: all that brings it back.
ALTER TABLE revision
    ADD html text,
    ADD spoiler boolean,
    ADD note text,
    ADD edited_at timestamptz;

-- Featured comments, the newest last: a list as `pinned` is, so that posting
-- and reading pay for no index.
ALTER TABLE thread ADD featured bigint[] NOT NULL DEFAULT '{}';
UPDATE thread t SET featured = f.ids
FROM (SELECT thread_id, array_agg(id ORDER BY id) AS ids FROM comment
    WHERE featured GROUP BY thread_id) f
WHERE t.id = f.thread_id;
CREATE OR REPLACE VIEW thread_now AS
SELECT t.id, t.policy, t.closes_at,
    t.version + d.n AS version, t.shown + d.shown AS shown, t.pinned, t.own,
    t.featured
FROM thread t CROSS JOIN LATERAL (
    SELECT count(*) AS n, coalesce(sum(c.shown), 0)::bigint AS shown
    FROM change c WHERE c.thread_id = t.id AND c.xid >= t.folded
) d;

CREATE FUNCTION rfc3339(at timestamptz) RETURNS text LANGUAGE sql STABLE
    RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

CREATE OR REPLACE FUNCTION move_branch(site smallint, thread bigint, top bigint,
    place text)
RETURNS boolean LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    old_root bigint;
    target bigint;
    up bigint := nullif(split_part(place, '/', 2), '')::bigint;
    new_root bigint := top;
    ids bigint[];
    again bigint[];
BEGIN
    SELECT r.id INTO target FROM review r
    WHERE r.site_id = site AND r.slug = split_part(place, '/', 1);
    -- Whoever answers one of them holds it until the answer is there.
    LOOP
        ids := branch(thread, top);
        PERFORM FROM comment c WHERE c.thread_id = thread AND c.id = ANY (ids)
        FOR UPDATE;
        again := branch(thread, top);
        EXIT WHEN again IS NOT DISTINCT FROM ids;
    END LOOP;
    IF target IS NULL OR ids IS NULL OR cardinality(ids) > 1000
            OR up = ANY (ids) THEN
        RETURN false;
    END IF;
    IF up IS NOT NULL THEN
        SELECT c.root INTO new_root FROM comment c
        WHERE c.thread_id = target AND c.id = up;
        IF NOT FOUND THEN
            RETURN false;
        END IF;
        PERFORM FROM comment c WHERE c.thread_id = target AND c.id = new_root
        FOR UPDATE;
    END IF;
    SELECT c.root INTO old_root FROM comment c
    WHERE c.thread_id = thread AND c.id = top;
    INSERT INTO change (thread_id, comment_id, shown)
    SELECT thread, c.id, -(c.state = 'shown')::integer FROM comment c
    WHERE c.thread_id = thread AND c.id = ANY (ids);
    INSERT INTO comment_moved (thread_id, comment_id, was)
    SELECT thread, i, thread FROM unnest(ids) AS i ON CONFLICT DO NOTHING;
    UPDATE comment c SET thread_id = target, root = new_root,
        parent = CASE WHEN c.id = top THEN up ELSE c.parent END,
        home = nullif(coalesce(c.home, thread), target),
        locked = CASE WHEN c.locked = ANY (ids) THEN c.locked ELSE 0 END
    WHERE c.thread_id = thread AND c.id = ANY (ids);
    DELETE FROM comment_moved m WHERE m.thread_id = target
        AND m.comment_id = ANY (ids) AND m.was = target;
    INSERT INTO change (thread_id, comment_id, shown)
    SELECT target, c.id, (c.state = 'shown')::integer FROM comment c
    WHERE c.thread_id = target AND c.id = ANY (ids);
    UPDATE thread SET pinned = array_remove(pinned, top) WHERE id = thread
        AND top = ANY (pinned);
    UPDATE thread t SET featured = ARRAY(
        SELECT f FROM unnest(t.featured) WITH ORDINALITY AS f (f, n)
        WHERE f <> ALL (ids) ORDER BY n)
    WHERE t.id = thread AND t.featured && ids;
    UPDATE thread t SET featured = t.featured || m.ids
    FROM (SELECT array_agg(c.id ORDER BY c.id) AS ids FROM comment c
        WHERE c.thread_id = target AND c.id = ANY (ids) AND c.featured) m
    WHERE t.id = target AND m.ids IS NOT NULL;
    PERFORM place_tree(thread, old_root);
    PERFORM place_tree(target, new_root);
    RETURN true;
EXCEPTION WHEN unique_violation THEN
    RETURN false;
END $$;

-- The text before the newest edit, which is then none; false: it is no longer
-- known, or its author has edited it since.
CREATE FUNCTION edit_back(thread bigint, nth bigint) RETURNS boolean
LANGUAGE sql BEGIN ATOMIC
WITH old AS (
    DELETE FROM revision v WHERE v.thread_id = thread AND v.comment_id = nth
        AND v.number = (SELECT max(w.number) FROM revision w
            WHERE w.thread_id = thread AND w.comment_id = nth)
        AND v.html IS NOT NULL
    RETURNING v.body, v.html, v.spoiler, v.note, v.edited_at
), put AS (
    UPDATE comment c SET body = o.body, html = o.html, spoiler = o.spoiler,
        note = o.note, edited_at = o.edited_at
    FROM old o WHERE c.thread_id = thread AND c.id = nth
    RETURNING c.id
)
SELECT EXISTS (SELECT FROM put);
END;

-- "moderator, suspended"; who loses or gains a right signs in again. False:
-- there is no such account, or no owner would be left.
CREATE FUNCTION right_put(account_name text, value text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    others bigint;
BEGIN
    PERFORM FROM account a WHERE a.role = 'owner' AND NOT a.suspended
    ORDER BY a.id LIMIT 2 FOR UPDATE;
    SELECT count(*) INTO others FROM account a WHERE a.role = 'owner'
        AND NOT a.suspended AND a.name <> account_name;
    UPDATE account a SET role = split_part(value, ', ', 1)::account_role,
        suspended = value LIKE '%, suspended', token_epoch = token_epoch + 1
    WHERE a.name = account_name AND (others > 0 OR value = 'owner');
    RETURN FOUND;
END $$;

CREATE OR REPLACE FUNCTION act_value(act text, site smallint, thread bigint, at bigint,
    target text)
RETURNS text LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    value text;
BEGIN
    CASE act
    WHEN 'pin' THEN
        SELECT 'pinned' INTO value FROM thread t
        WHERE t.id = thread AND at = ANY (t.pinned);
    WHEN 'feature' THEN
        SELECT 'featured' INTO value FROM comment c
        WHERE c.thread_id = thread AND c.id = at AND c.featured;
    WHEN 'lock' THEN
        SELECT 'locked' INTO value FROM comment c
        WHERE c.thread_id = thread AND c.id = at AND c.locked <> 0;
    WHEN 'letter' THEN
        SELECT l.heading INTO value FROM letter l
        WHERE l.thread_id = thread AND l.comment_id = at;
    WHEN 'move' THEN
        SELECT r.slug || coalesce('/' || c.parent, '') INTO value
        FROM comment c JOIN review r ON r.id = c.thread_id
        WHERE c.thread_id = thread AND c.id = at;
    WHEN 'edit' THEN
        SELECT max(v.number)::text INTO value FROM revision v
        WHERE v.thread_id = thread AND v.comment_id = at;
    WHEN 'trust' THEN
        SELECT 'trusted' INTO value FROM person p
        WHERE p.site_id = site AND p.id = target::uuid AND p.trusted;
    WHEN 'note' THEN
        SELECT p.note::text INTO value FROM person p
        WHERE p.site_id = site AND p.id = target::uuid AND p.note <> 0;
    WHEN 'ban' THEN
        SELECT ban_told(b) INTO value FROM ban b
        WHERE b.site_id = site AND b.person = target::uuid
        ORDER BY b.id DESC LIMIT 1;
    WHEN 'ban-domain' THEN
        SELECT ban_told(b) INTO value FROM ban b
        WHERE b.site_id = site AND b.domain = target
        ORDER BY b.id DESC LIMIT 1;
    WHEN 'reasons' THEN
        SELECT string_agg(r.reason, E'\n' ORDER BY r.number) INTO value
        FROM removal_reason r WHERE r.site_id = site;
    WHEN 'terms' THEN
        SELECT t.policy || ' ' || t.close_days INTO value FROM terms t
        WHERE t.site_id = site AND t.issue = target::integer;
    WHEN 'thread' THEN
        SELECT CASE WHEN t.own THEN t.policy || coalesce(' until '
                || rfc3339(t.closes_at), '') ELSE 'inherit' END
        INTO value FROM thread t WHERE t.id = thread;
    WHEN 'site-choice' THEN
        SELECT format('reviewers rule: %s, tally: %s',
            CASE WHEN bool_or(c.reviewers) THEN 'yes' ELSE 'no' END,
            CASE WHEN bool_or(c.tally) THEN 'yes' ELSE 'no' END)
        INTO value FROM site_choice c WHERE c.site_id = site;
    WHEN 'account-set' THEN
        SELECT a.role || CASE WHEN a.suspended THEN ', suspended' ELSE '' END
        INTO value FROM account a WHERE a.name = target;
    WHEN 'account-reviewer' THEN
        SELECT a.reviewer INTO value FROM account a WHERE a.name = target;
    WHEN 'account-invite', 'account-reset' THEN
        SELECT coalesce(a.name, i.role::text) INTO value
        FROM invitation i LEFT JOIN account a ON a.id = i.account_id
        WHERE i.site_id = site AND i.id = target::uuid AND i.ends > now();
    END CASE;
    RETURN coalesce(value, '');
END $$;

CREATE OR REPLACE FUNCTION act_put(act text, site smallint, thread bigint, at bigint,
    target text, value text, why text, who text)
RETURNS boolean LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    ids bigint[];
BEGIN
    CASE act
    WHEN 'pin' THEN
        UPDATE thread t SET pinned = array_remove(t.pinned, at)
            || CASE WHEN value <> '' THEN ARRAY[at] ELSE '{}' END
        WHERE t.id = thread AND (value = '' OR cardinality(t.pinned) < 5
            AND EXISTS (SELECT FROM comment c WHERE c.thread_id = thread
                AND c.id = at AND c.parent IS NULL));
        RETURN FOUND;
    WHEN 'feature' THEN
        UPDATE thread t SET featured = array_remove(t.featured, at)
            || CASE WHEN value <> '' THEN ARRAY[at] ELSE '{}' END
        WHERE t.id = thread AND (value = '' OR cardinality(t.featured) < 50);
        IF NOT FOUND THEN
            RETURN false;
        END IF;
        UPDATE comment c SET featured = value <> ''
        WHERE c.thread_id = thread AND c.id = at;
    WHEN 'lock' THEN
        ids := branch(thread, at);
        UPDATE comment c SET locked = CASE WHEN value <> '' THEN at ELSE 0 END
        WHERE c.thread_id = thread AND c.id = ANY (ids)
            AND c.locked = CASE WHEN value <> '' THEN 0 ELSE at END;
        RETURN FOUND;
    WHEN 'letter' THEN
        DELETE FROM letter l WHERE l.thread_id = thread AND l.comment_id = at;
        INSERT INTO letter (thread_id, comment_id, heading)
        SELECT thread, at, value WHERE value <> '';
    WHEN 'edit' THEN
        RETURN edit_back(thread, at);       -- deed_edit makes one
    WHEN 'move' THEN
        RETURN move_branch(site, thread, at, value);
    WHEN 'trust' THEN
        INSERT INTO person AS p (site_id, id, trusted)
        VALUES (site, target::uuid, value <> '')
        ON CONFLICT (site_id, id) DO UPDATE SET trusted = excluded.trusted;
    WHEN 'note' THEN
        INSERT INTO person AS p (site_id, id, note)
        VALUES (site, target::uuid, coalesce(nullif(value, '')::integer, 0))
        ON CONFLICT (site_id, id) DO UPDATE SET note = excluded.note;
    WHEN 'ban', 'ban-domain' THEN
        PERFORM ban_put(site, target, value, why, who);
    WHEN 'reasons' THEN
        DELETE FROM removal_reason r WHERE r.site_id = site;
        INSERT INTO removal_reason (site_id, number, reason)
        SELECT site, w.number, w.reason
        FROM string_to_table(value, E'\n') WITH ORDINALITY AS w (reason,
            number);
    WHEN 'terms' THEN
        DELETE FROM terms t WHERE t.site_id = site
            AND t.issue = target::integer;
        INSERT INTO terms (site_id, issue, policy, close_days)
        SELECT site, target::integer, split_part(value, ' ', 1)::thread_policy,
            coalesce(nullif(split_part(value, ' ', 2), ''), '0')::integer
        WHERE value <> '';
        PERFORM terms_apply(site, target::integer);
    WHEN 'thread' THEN
        IF value = 'inherit' THEN
            PERFORM thread_follow(site, thread);
        ELSE
            UPDATE thread t SET own = true,
                policy = split_part(value, ' ', 1)::thread_policy,
                closes_at = substring(value FROM 'until (\S+)')::timestamptz
            WHERE t.id = thread;
        END IF;
    WHEN 'site-choice' THEN
        INSERT INTO site_choice (site_id, reviewers, tally)
        VALUES (site, value LIKE '%rule: yes%', value LIKE '%tally: yes%')
        ON CONFLICT (site_id) DO UPDATE SET reviewers = excluded.reviewers,
            tally = excluded.tally;
    WHEN 'account-set' THEN
        RETURN right_put(target, value);
    WHEN 'account-reviewer' THEN
        UPDATE account a SET reviewer = value WHERE a.name = target;
        RETURN FOUND;
    WHEN 'account-invite', 'account-reset' THEN
        DELETE FROM invitation i WHERE value = '' AND i.site_id = site
            AND i.id = target::uuid;
        RETURN FOUND;               -- taken back; no link is given twice
    END CASE;
    RETURN true;
END $$;

-- ---- undoing ----

-- A row of the log about no comment is about what its text begins with.
CREATE FUNCTION act_target(act text, told text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN act IN ('thread', 'reasons', 'site-choice') THEN ''
        WHEN act IN ('account-set', 'account-reviewer')
            THEN split_part(told, ': ', 1)
        ELSE split_part(told, ' ', 1) END;
-- The value behind it.
CREATE FUNCTION act_told_value(act text, told text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN act IN ('thread', 'reasons', 'site-choice') THEN told
        WHEN act IN ('account-set', 'account-reviewer')
            THEN substring(told FROM position(': ' IN told) + 2)
        WHEN position(' ' IN told) = 0 THEN ''
        ELSE substring(told FROM position(' ' IN told) + 1) END;

-- A comment's rows are found whichever threads it was in.
DROP INDEX moderation_log_comment;
CREATE INDEX moderation_log_thing ON moderation_log
    (site_id, thread_id, act, act_target(act, after), id)
    WHERE comment_id = 0;
CREATE INDEX moderation_log_comment
    ON moderation_log (comment_id, thread_id, id);

-- What stands of the rulings on a comment before row `upto`: the newest that is
-- not undone. What is done to one thing and what undoes it are a stack: only
-- the newest can be undone.
DROP FUNCTION standing(smallint, bigint, bigint, bigint);
DROP FUNCTION ruling_standing(smallint, bigint, bigint, bigint);
CREATE FUNCTION ruling_standing(site smallint, comment bigint, upto bigint)
RETURNS SETOF moderation_log LANGUAGE sql STABLE BEGIN ATOMIC
    SELECT l.* FROM moderation_log l
    WHERE l.comment_id = comment AND l.site_id + 0 = site AND l.id < upto
        AND l.act IN ('approve', 'spam', 'remove', 'hold')
        AND (SELECT u.id FROM moderation_log u
            WHERE u.thread_id = l.thread_id AND u.ref = l.id
                AND u.site_id = site AND u.id < upto AND u.ref <> 0
            LIMIT 1) IS NULL
    ORDER BY l.id + 0 DESC LIMIT 1;
END;

-- The same of another act: on that comment, or on that target.
CREATE FUNCTION act_standing(made moderation_log)
RETURNS SETOF moderation_log LANGUAGE sql STABLE BEGIN ATOMIC
    SELECT l.* FROM (
        SELECT c.* FROM moderation_log c
        WHERE made.comment_id <> 0 AND c.comment_id = made.comment_id
            AND c.act = made.act AND c.site_id = made.site_id
        UNION ALL
        SELECT c.* FROM moderation_log c
        WHERE made.comment_id = 0 AND c.comment_id = 0
            AND c.site_id = made.site_id AND c.thread_id = made.thread_id
            AND c.act = made.act AND act_target(c.act, c.after)
                = act_target(made.act, made.after)
    ) l
    WHERE (SELECT u.id FROM moderation_log u
        WHERE u.thread_id = l.thread_id AND u.ref = l.id
            AND u.site_id = l.site_id AND u.ref <> 0 LIMIT 1) IS NULL
    ORDER BY l.id DESC LIMIT 1;
END;

-- Sets the value before again, if the act is the newest on that thing that
-- stands and the value is still what it set. The caller holds the log's head
-- and the comment. result: 'done'; 'before': `later` says by which; 'changed';
-- 'gone'; 'kept': it can't be put back.
CREATE FUNCTION act_undo(site smallint, ref bigint, why text, who text,
    OUT result text, OUT thread bigint, OUT later bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    l moderation_log;
    target text := '';
    old text;
    new text;
BEGIN
    SELECT * INTO STRICT l FROM moderation_log m
    WHERE m.site_id = site AND m.id = ref;
    thread := l.thread_id;
    old := l.before;
    new := l.after;
    IF l.comment_id = 0 THEN
        target := act_target(l.act, l.after);
        old := act_told_value(l.act, l.before);
        new := act_told_value(l.act, l.after);
    ELSE
        SELECT c.thread_id INTO thread FROM comment c
        WHERE c.id = l.comment_id AND c.state <> 'erased';
        IF NOT FOUND THEN
            result := 'gone';
            RETURN;
        END IF;
    END IF;
    SELECT u.id INTO later FROM moderation_log u
    WHERE u.thread_id = l.thread_id AND u.ref = l.id AND u.site_id = site
        AND u.ref <> 0 LIMIT 1;
    IF later IS NULL THEN
        SELECT s.id INTO later FROM act_standing(l) s WHERE s.id <> l.id;
    END IF;
    IF later IS NOT NULL THEN
        result := 'before';
    ELSIF act_value(l.act, site, thread, l.comment_id, target) <> new THEN
        result := 'changed';
    ELSIF NOT act_put(l.act, site, thread, l.comment_id, target, old, why,
            who) THEN
        result := 'kept';
    ELSE
        result := 'done';
        IF thread <> 0 AND l.act <> 'move' THEN
            INSERT INTO change (thread_id, comment_id, shown)
            VALUES (thread, l.comment_id, 0);
        END IF;
    END IF;
END $$;

-- Does it where nothing of the kind stands; NULL: something does.
CREATE FUNCTION act_first(act text, site smallint, target text, value text,
    why text, who text)
RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN CASE WHEN act_value(act, site, 0, 0, target) = ''
            AND act_put(act, site, 0, 0, target, value, why, who)
        THEN act_value(act, site, 0, 0, target) END;
END $$;
