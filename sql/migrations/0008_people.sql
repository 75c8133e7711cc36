-- What moderators do beyond ruling: acts on comments, people, terms.

-- `featured`: marked as worth reading. `locked`: no replies, since this comment
-- was closed to them (itself or one above it); 0: none. `note`: why a moderator
-- changed the text. `home`: the thread that it was posted in, if that is
-- another one: what it cites of that review it does not cite here.
ALTER TABLE comment
    ADD featured boolean NOT NULL DEFAULT false,
    ADD locked bigint NOT NULL DEFAULT 0,
    ADD note text NOT NULL DEFAULT '',
    ADD home bigint;

-- A comment that moves to another thread takes along what hangs on it.
ALTER TABLE revision DROP CONSTRAINT revision_thread_id_comment_id_fkey,
    ADD FOREIGN KEY (thread_id, comment_id) REFERENCES comment
        ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE vote DROP CONSTRAINT vote_thread_id_comment_id_fkey,
    ADD FOREIGN KEY (thread_id, comment_id) REFERENCES comment
        ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE report DROP CONSTRAINT report_thread_id_comment_id_fkey,
    ADD FOREIGN KEY (thread_id, comment_id) REFERENCES comment
        ON UPDATE CASCADE ON DELETE CASCADE;

-- `pinned`: roots that come first in every order. `own`: its terms were set for
-- it alone and follow neither its issue's nor the site's.
ALTER TABLE thread
    ADD pinned bigint[] NOT NULL DEFAULT '{}',
    ADD own boolean NOT NULL DEFAULT false;
UPDATE thread t SET own = true FROM review r JOIN site s ON s.id = r.site_id
WHERE r.id = t.id AND (t.policy <> s.policy OR t.closes_at IS NOT NULL);

-- Terms of an issue; -1: of the site, where site.policy is not enough. A thread
-- closes so many days after its first comment; 0: never.
CREATE TABLE terms (
    site_id     smallint NOT NULL REFERENCES site,
    issue       integer NOT NULL,
    policy      thread_policy NOT NULL,
    close_days  integer NOT NULL DEFAULT 0 CHECK (close_days >= 0),
    PRIMARY KEY (site_id, issue)
);

CREATE TABLE removal_reason (
    site_id     smallint NOT NULL REFERENCES site,
    number      integer NOT NULL,
    reason      text NOT NULL,
    PRIMARY KEY (site_id, number)
);

-- A comment that the journal prints as a letter, under a heading of its own.
CREATE TABLE letter (
    thread_id   bigint NOT NULL,
    comment_id  bigint NOT NULL,
    heading     text NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (thread_id, comment_id),
    FOREIGN KEY (thread_id, comment_id) REFERENCES comment
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX letter_newest ON letter (comment_id);

-- People that moderators have said something of. What was noted stays, so that
-- a note can be taken back; `note` is the one that stands.
CREATE TABLE person (
    site_id     smallint NOT NULL REFERENCES site,
    id          uuid NOT NULL,
    trusted     boolean NOT NULL DEFAULT false,
    note        integer NOT NULL DEFAULT 0,
    PRIMARY KEY (site_id, id)
);
CREATE TABLE person_note (
    site_id     smallint NOT NULL REFERENCES site,
    person      uuid NOT NULL,
    number      integer NOT NULL,
    words       text NOT NULL,
    by          text NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (site_id, person, number)
);

-- What becomes of what the banned send: it waits, it is spam (either looks to
-- them as if it waited), or they are told no. One row is one ban, whatever it
-- goes by: an account or guest, a hashed address, a hashed mail address, or a
-- mail domain.
CREATE TYPE ban_effect AS ENUM ('hold', 'spam', 'refuse');
ALTER TABLE ban
    DROP CONSTRAINT ban_check,
    ADD mail bytea,
    ADD domain text,
    ADD effect ban_effect NOT NULL DEFAULT 'refuse',
    ADD by text NOT NULL DEFAULT '',
    ADD CHECK (coalesce(person::text, sender::text, mail::text, domain)
        IS NOT NULL);
CREATE INDEX ban_by_mail ON ban (mail) WHERE mail IS NOT NULL;
CREATE INDEX ban_by_domain ON ban (domain) WHERE domain IS NOT NULL;
CREATE INDEX ban_by_site ON ban (site_id, id);

CREATE OR REPLACE FUNCTION banned(site smallint, who uuid) RETURNS boolean
LANGUAGE sql STABLE
    RETURN coalesce((SELECT a.suspended FROM account a WHERE a.id = who), false)
        OR EXISTS (SELECT FROM ban b WHERE b.person = who AND b.site_id = site
            AND b.effect = 'refuse'
            AND (b.until IS NULL OR b.until > now()));

-- People by name and by address. comment_roots is made again to stay the last
-- (see 0001).
CREATE INDEX comment_by_author
    ON comment (lower(author) text_pattern_ops, id DESC);
CREATE INDEX account_by_name
    ON account (lower(name) text_pattern_ops);
CREATE INDEX comment_by_sender ON comment (sender, id DESC);
DROP INDEX comment_roots;
CREATE INDEX comment_roots ON comment (thread_id, root)
    WHERE parent IS NULL AND visible;

CREATE OR REPLACE VIEW thread_now AS
SELECT t.id, t.policy, t.closes_at,
    t.version + d.n AS version, t.shown + d.shown AS shown, t.pinned, t.own
FROM thread t CROSS JOIN LATERAL (
    SELECT count(*) AS n, coalesce(sum(c.shown), 0)::bigint AS shown
    FROM change c WHERE c.thread_id = t.id AND c.xid >= t.folded
) d;

-- `marks`: 1 featured, 2 no replies, 4 moved here from another thread.
CREATE OR REPLACE VIEW page_comment AS
SELECT c.thread_id, c.id, coalesce(c.parent, 0) AS parent, c.root,
    CASE WHEN c.state IN ('shown', 'erased') THEN c.state
        ELSE 'removed' END AS state,
    CASE WHEN c.state = 'shown' THEN c.author ELSE '' END AS author,
    CASE WHEN c.state = 'shown' THEN c.badge ELSE '' END AS badge,
    CASE WHEN c.state = 'shown' THEN c.html ELSE '' END AS html,
    CASE WHEN c.state = 'shown' AND c.home IS NULL THEN c.anchor::text END
        AS anchor,
    CASE WHEN c.state = 'removed' THEN c.reason ELSE '' END AS reason,
    usec(c.posted_at) AS posted,
    CASE WHEN c.state = 'shown' THEN usec(c.edited_at) ELSE 0 END AS edited,
    CASE WHEN c.state = 'shown' THEN c.votes ELSE 0 END AS votes,
    c.spoiler AND c.state = 'shown' AS spoiler,
    uuid_hash_extended(c.person, 0) AS who,
    CASE WHEN c.state = 'shown' THEN c.featured::integer
        + 2 * (c.locked <> 0)::integer + 4 * (c.home IS NOT NULL)::integer
        ELSE 0 END AS marks,
    CASE WHEN c.state = 'shown' THEN c.note ELSE '' END AS note
FROM comment c WHERE c.visible;

CREATE OR REPLACE VIEW whole_comment AS
SELECT c.thread_id, c.id, coalesce(c.parent, 0) AS parent, c.root, c.state,
    c.author, c.badge, c.html,
    CASE WHEN c.home IS NULL THEN c.anchor::text END AS anchor, c.reason,
    usec(c.posted_at) AS posted, usec(c.edited_at) AS edited, c.votes,
    c.body, c.person, r.slug, r.title, r.site_id, c.why, c.spoiler
FROM comment c JOIN review r ON r.id = c.thread_id;

-- What is not shown stays in its place as long as a shown reply is below it;
-- what a moderator removed where readers had seen it stays with its reason.
CREATE FUNCTION place_tree(thread bigint, top bigint) RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
BEGIN
    WITH RECURSIVE seen (id, parent) AS (
        SELECT c.id, c.parent FROM comment c
        WHERE c.thread_id = thread AND c.root = top AND c.visible
            AND c.state = 'shown'
        UNION
        SELECT c.id, c.parent FROM seen s CROSS JOIN LATERAL (
            SELECT c.id, c.parent FROM comment c
            WHERE c.thread_id = thread AND c.id = s.parent LIMIT 1) c
    ), want (id, visible) AS (
        SELECT s.id, true FROM seen s
        UNION ALL
        SELECT c.id, false FROM comment c
        WHERE c.thread_id = thread AND c.root = top AND c.visible
            AND c.state <> 'removed'
            AND NOT EXISTS (SELECT FROM seen s WHERE s.id = c.id)
    )
    UPDATE comment c SET visible = w.visible FROM want w
    WHERE c.thread_id = thread AND c.id = ANY (ARRAY(SELECT id FROM want))
        AND c.id = w.id AND c.visible <> w.visible;
END $$;

-- A comment and all that answers it; at most one more than may move at once.
CREATE FUNCTION branch(thread bigint, top bigint) RETURNS bigint[]
LANGUAGE sql STABLE BEGIN ATOMIC
WITH RECURSIVE below (id) AS (
    SELECT c.id FROM comment c WHERE c.thread_id = thread AND c.id = top
    UNION ALL
    SELECT c.id FROM below b CROSS JOIN LATERAL (SELECT c.id FROM comment c
        WHERE c.thread_id = thread AND c.parent = b.id LIMIT 1001) c
)
SELECT array_agg(id ORDER BY id) FROM (SELECT id FROM below LIMIT 1001) x;
END;
CREATE INDEX comment_answers ON comment (thread_id, parent)
    WHERE parent IS NOT NULL;

-- Moves a branch; under a comment there, or as a root. False: it can't be.
CREATE FUNCTION move_branch(site smallint, thread bigint, top bigint,
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
    UPDATE comment c SET thread_id = target, root = new_root,
        parent = CASE WHEN c.id = top THEN up ELSE c.parent END,
        home = nullif(coalesce(c.home, thread), target),
        locked = CASE WHEN c.locked = ANY (ids) THEN c.locked ELSE 0 END
    WHERE c.thread_id = thread AND c.id = ANY (ids);
    INSERT INTO change (thread_id, comment_id, shown)
    SELECT target, c.id, (c.state = 'shown')::integer FROM comment c
    WHERE c.thread_id = target AND c.id = ANY (ids);
    UPDATE thread SET pinned = array_remove(pinned, top) WHERE id = thread
        AND top = ANY (pinned);
    PERFORM place_tree(thread, old_root);
    PERFORM place_tree(target, new_root);
    RETURN true;
EXCEPTION WHEN unique_violation THEN
    RETURN false;
END $$;

-- ---- terms ----

CREATE FUNCTION terms_of(site smallint, of_issue integer,
    OUT policy thread_policy, OUT close_days integer)
LANGUAGE sql STABLE BEGIN ATOMIC
SELECT coalesce(i.policy, w.policy, s.policy),
    coalesce(i.close_days, w.close_days, 0)
FROM site s
LEFT JOIN terms i ON i.site_id = s.id AND i.issue = of_issue
LEFT JOIN terms w ON w.site_id = s.id AND w.issue = -1
WHERE s.id = site;
END;

-- Gives threads without terms of their own what their issue or the site says;
-- how many changed. of_issue: -1 all.
CREATE FUNCTION terms_apply(site smallint, of_issue integer) RETURNS bigint
LANGUAGE sql BEGIN ATOMIC
WITH want AS (
    SELECT t.id, coalesce(i.policy, w.policy, s.policy) AS policy,
        CASE WHEN coalesce(i.close_days, w.close_days, 0) > 0 THEN (
                SELECT c.posted_at FROM comment c WHERE c.thread_id = t.id
                ORDER BY c.id LIMIT 1)
            + coalesce(i.close_days, w.close_days) * interval '1 day' END
        AS closes_at
    FROM site s JOIN review r ON r.site_id = s.id JOIN thread t ON t.id = r.id
    LEFT JOIN terms i ON i.site_id = s.id AND i.issue = r.issue
    LEFT JOIN terms w ON w.site_id = s.id AND w.issue = -1
    WHERE s.id = site AND NOT t.own
        AND (of_issue = -1 OR r.issue = of_issue)
), put AS (
    UPDATE thread t SET policy = w.policy, closes_at = w.closes_at FROM want w
    WHERE t.id = w.id AND NOT t.own
        AND (t.policy, t.closes_at) IS DISTINCT FROM (w.policy, w.closes_at)
    RETURNING t.id
), told AS (
    INSERT INTO change (thread_id, comment_id, shown)
    SELECT id, 0, 0 FROM put RETURNING 1
)
SELECT count(*) FROM told;
END;

-- ---- acts: each sets a value, so the value before undoes it ----

-- "refuse address mail until 2026-01-31T18:00:00Z"
CREATE FUNCTION ban_told(b ban) RETURNS text LANGUAGE sql STABLE
    RETURN b.effect
        || CASE WHEN b.person IS NOT NULL AND b.sender IS NOT NULL
            THEN ' address' ELSE '' END
        || CASE WHEN b.person IS NOT NULL AND b.mail IS NOT NULL
            THEN ' mail' ELSE '' END
        || coalesce(' until ' || to_char(b.until AT TIME ZONE 'UTC',
            'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '');

-- What stands now, in this very statement too. target: a person's id, a mail domain, an issue's number.
CREATE FUNCTION act_value(act text, site smallint, thread bigint, at bigint,
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
    END CASE;
    RETURN coalesce(value, '');
END $$;

CREATE FUNCTION ban_put(site smallint, target text, value text, why text,
    who text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    last comment;
    known uuid;
BEGIN
    IF target ~ '^[0-9a-f-]{36}$' THEN
        known := target::uuid;
        DELETE FROM ban b WHERE b.site_id = site AND b.person = known;
        SELECT c.* INTO last FROM unnest(enum_range(NULL::comment_state)) s (s)
        CROSS JOIN LATERAL (SELECT * FROM comment c
            WHERE c.person = known AND c.state = s.s AND c.sender <> ''
            ORDER BY c.id DESC LIMIT 1) c
        ORDER BY c.id DESC LIMIT 1;
    ELSE
        DELETE FROM ban b WHERE b.site_id = site AND b.domain = target;
    END IF;
    IF value <> '' THEN
        INSERT INTO ban (site_id, person, domain, sender, mail, until, reason,
            by, effect)
        VALUES (site, known, CASE WHEN known IS NULL THEN target END,
            CASE WHEN value ~ '\maddress\M' THEN last.sender END,
            CASE WHEN value ~ '\mmail\M' THEN last.email_hash END,
            substring(value FROM 'until (\S+)')::timestamptz, why, who,
            split_part(value, ' ', 1)::ban_effect);
    END IF;
END $$;

-- Makes it so; false: it can't be.
CREATE FUNCTION act_put(act text, site smallint, thread bigint, at bigint,
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
        RETURN true;                -- deed_edit has made it so
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
    END CASE;
    RETURN true;
END $$;
