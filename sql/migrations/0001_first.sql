-- The first schema. Every table that grows with comments has thread_id first
-- in its primary key and in every unique constraint (DESIGN: it can then be
-- partitioned or distributed by thread).

CREATE TABLE schema_migration (
    number      integer PRIMARY KEY,
    name        text NOT NULL,
    applied_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TYPE comment_state AS ENUM
    ('shown', 'held', 'spam', 'removed', 'erased');
CREATE TYPE thread_policy AS ENUM ('open', 'first', 'all', 'closed');
CREATE TYPE account_role AS ENUM
    ('guest', 'reader', 'reviewer', 'moderator', 'owner');

CREATE TABLE site (
    id          smallint PRIMARY KEY,
    name        text NOT NULL UNIQUE,
    policy      thread_policy NOT NULL DEFAULT 'first'  -- of new threads
);

CREATE TABLE review (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    site_id     smallint NOT NULL REFERENCES site,
    slug        text NOT NULL CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,99}$'),
    path        text NOT NULL DEFAULT '',
    issue       integer NOT NULL DEFAULT 0,
    year        integer NOT NULL DEFAULT 0,
    heading     text NOT NULL,
    title       text NOT NULL,
    original    text NOT NULL DEFAULT '',
    film_year   integer NOT NULL DEFAULT 0,
    minutes     integer NOT NULL DEFAULT 0,
    directors   text[] NOT NULL DEFAULT '{}',
    reviewer    text NOT NULL DEFAULT '',
    affiliation text NOT NULL DEFAULT '',
    epigraph    text NOT NULL DEFAULT '',
    paragraphs  text[] NOT NULL DEFAULT '{}',
    works       text[] NOT NULL DEFAULT '{}',
    credits     jsonb NOT NULL DEFAULT '[]',    -- [[role, [name, ...]], ...]
    colour      text NOT NULL DEFAULT '',
    country     text NOT NULL DEFAULT '',
    language    text NOT NULL DEFAULT 'en',
    published   text NOT NULL DEFAULT '',
    updated     text NOT NULL DEFAULT '',
    imported_at timestamptz NOT NULL DEFAULT now()
);
-- Here and below the order matters: while a table is empty all indexes cost the
-- same, the planner takes the one made last, and foyerd keeps that plan.
CREATE INDEX review_by_issue ON review (site_id, issue DESC, id DESC);
CREATE UNIQUE INDEX review_by_slug ON review (site_id, slug);
ALTER TABLE review ADD PRIMARY KEY (id);

-- One per review, with the review's id. Posting never updates it: `version`,
-- `shown` are sums up to (not with) transaction `folded`; the rows of change
-- from there on are added when it is read. The background process folds.
CREATE TABLE thread (
    id          bigint PRIMARY KEY REFERENCES review ON DELETE CASCADE,
    policy      thread_policy NOT NULL DEFAULT 'first',
    closes_at   timestamptz,
    version     bigint NOT NULL DEFAULT 0,
    shown       bigint NOT NULL DEFAULT 0,
    folded      xid8 NOT NULL DEFAULT '0'
);
CREATE INDEX thread_closing ON thread (closes_at) WHERE closes_at IS NOT NULL;

CREATE TABLE account (
    id          uuid PRIMARY KEY,
    name        text NOT NULL UNIQUE,
    password    text NOT NULL,
    role        account_role NOT NULL DEFAULT 'reader',
    token_epoch bigint NOT NULL DEFAULT 0,
    suspended   boolean NOT NULL DEFAULT false,
    made_at     timestamptz NOT NULL DEFAULT now()
);

-- A root's `root` is itself, so the id must be known before the row is made.
-- No foreign key to thread: it would have all posters lock the thread's row.
-- They find it, and the parent, in the statement that posts, and the web role
-- deletes none.
CREATE SEQUENCE comment_id;
CREATE TABLE comment (
    thread_id   bigint NOT NULL,
    id          bigint NOT NULL DEFAULT nextval('comment_id'),
    parent      bigint,
    root        bigint NOT NULL,            -- itself for a root
    state       comment_state NOT NULL,
    visible     boolean NOT NULL,           -- or leaves a tombstone
    person      uuid NOT NULL,              -- an account or a guest
    author      text NOT NULL,
    badge       text NOT NULL DEFAULT '',
    email_hash  bytea,
    sender      bytea NOT NULL,             -- keyed hash, its key rotates
    body        text NOT NULL,
    html        text NOT NULL,
    anchor      jsonb,
    why         text NOT NULL DEFAULT '',   -- the rule that held it
    reason      text NOT NULL DEFAULT '',   -- of its removal
    posted_at   timestamptz NOT NULL DEFAULT now(),
    edited_at   timestamptz,
    votes       integer NOT NULL DEFAULT 0,
    client_key  uuid NOT NULL,
    -- What the filters said, six fields of each: its name, whether it was
    -- silent, score, reason, features, microseconds. Here for posting's sake:
    -- rows of their own were a third of what it cost. `evidence` tells it.
    verdict     text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (thread_id, id),
    UNIQUE (thread_id, client_key)
);
-- A page's roots by time and by votes, a root with its replies, a permalink,
-- one's own on a page, a person's history, the queue. `visible` is stored so
-- that a page reads as many rows as it shows, whatever was removed. A root's
-- `root` is its id; a page asks for roots in the order of `root`, so that it
-- can't be looked for in the order of all threads' ids (comment_by_id).
CREATE INDEX comment_roots ON comment (thread_id, root)
    WHERE parent IS NULL AND visible;
CREATE INDEX comment_best ON comment (thread_id, (-votes), id)
    WHERE parent IS NULL AND visible;
CREATE INDEX comment_tree ON comment (thread_id, root, id) WHERE visible;
CREATE INDEX comment_by_id ON comment (id);
CREATE INDEX comment_mine ON comment (person, thread_id, id);
CREATE INDEX comment_by_person ON comment (person, state, id);
CREATE INDEX comment_held ON comment (id) WHERE state = 'held';

CREATE TABLE revision (
    thread_id   bigint NOT NULL,
    comment_id  bigint NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    number      integer NOT NULL,
    body        text NOT NULL,              -- as it was before
    PRIMARY KEY (thread_id, comment_id, number),
    FOREIGN KEY (thread_id, comment_id) REFERENCES comment ON DELETE CASCADE
);

CREATE TABLE vote (
    thread_id   bigint NOT NULL,
    comment_id  bigint NOT NULL,
    person      uuid NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (thread_id, comment_id, person),
    FOREIGN KEY (thread_id, comment_id) REFERENCES comment ON DELETE CASCADE
);

CREATE TABLE report (
    thread_id   bigint NOT NULL,
    comment_id  bigint NOT NULL,
    person      uuid NOT NULL,
    reason      text NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (thread_id, comment_id, person),
    FOREIGN KEY (thread_id, comment_id) REFERENCES comment ON DELETE CASCADE
);

CREATE TABLE ban (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id     smallint NOT NULL REFERENCES site,
    person      uuid,
    sender      bytea,
    until       timestamptz,
    reason      text NOT NULL DEFAULT '',
    made_at     timestamptz NOT NULL DEFAULT now(),
    CHECK (person IS NOT NULL OR sender IS NOT NULL)
);
CREATE INDEX ban_by_person ON ban (person) WHERE person IS NOT NULL;
CREATE INDEX ban_by_sender ON ban (sender) WHERE sender IS NOT NULL;

-- The chain: each row carries the hash of the row before it (by id). The
-- head is the last row's id and hash; writers lock it.
CREATE TABLE moderation_log (
    thread_id   bigint NOT NULL DEFAULT 0,  -- 0: not about a thread
    site_id     smallint NOT NULL REFERENCES site,
    id          bigint NOT NULL,
    at          timestamptz NOT NULL,
    actor       uuid,                       -- NULL: foyerctl
    actor_name  text NOT NULL,
    act         text NOT NULL,
    comment_id  bigint NOT NULL DEFAULT 0,
    reason      text NOT NULL DEFAULT '',
    before      text NOT NULL DEFAULT '',
    after       text NOT NULL DEFAULT '',
    prev        bytea NOT NULL,
    hash        bytea NOT NULL,
    PRIMARY KEY (thread_id, site_id, id)
);
CREATE INDEX moderation_log_by_id ON moderation_log (site_id, id);
CREATE TABLE log_head (
    site_id     smallint PRIMARY KEY REFERENCES site,
    id          bigint NOT NULL DEFAULT 0,
    hash        bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
);

-- The feed that all nodes follow, and what posting adds to a thread's sums:
-- one row for each change of what readers see.
CREATE TABLE change (
    thread_id   bigint NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    xid         xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at          timestamptz NOT NULL DEFAULT now(),
    shown       smallint NOT NULL,          -- +1, 0 or -1 shown comments
    PRIMARY KEY (thread_id, xid, id)
);
CREATE INDEX change_feed ON change (xid, id);
-- Every change of a transaction before `folded` is in its thread's sums.
CREATE TABLE change_head (
    site_id     smallint PRIMARY KEY CHECK (site_id = 0),   -- one row: all
    folded      xid8 NOT NULL DEFAULT '0',
    version     bigint NOT NULL DEFAULT 0   -- the sum of all threads'
);

CREATE TABLE outbox (
    thread_id   bigint NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    kind        text NOT NULL,
    payload     jsonb NOT NULL,
    made_at     timestamptz NOT NULL DEFAULT now(),
    tried       integer NOT NULL DEFAULT 0,
    next_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (thread_id, id)
);
CREATE INDEX outbox_due ON outbox (next_at);

INSERT INTO site (id, name) VALUES (1, 'main');
INSERT INTO log_head (site_id) VALUES (1);
INSERT INTO change_head (site_id) VALUES (0);

-- Functions name their parameters: pg_dump can't write an unnamed one that a
-- body in SQL uses.

-- Times leave and enter as Unix microseconds; 0 is never. A double holds them
-- exactly for the next two centuries, at a fifth of a numeric's cost.
CREATE FUNCTION usec(t timestamptz) RETURNS bigint LANGUAGE sql STABLE
    RETURN coalesce((date_part('epoch', t) * 1000000)::bigint, 0);
CREATE FUNCTION from_usec(u bigint) RETURNS timestamptz LANGUAGE sql STABLE
    RETURN CASE WHEN u <> 0
    THEN timestamptz 'epoch' + u * interval '1 microsecond' END;

-- A thread as of now: its sums and what was not folded into them yet.
CREATE VIEW thread_now AS
SELECT t.id, t.policy, t.closes_at,
    t.version + d.n AS version, t.shown + d.shown AS shown
FROM thread t CROSS JOIN LATERAL (
    SELECT count(*) AS n, coalesce(sum(c.shown), 0)::bigint AS shown
    FROM change c WHERE c.thread_id = t.id AND c.xid >= t.folded
) d;

-- Another one after a restore or a promoted standby, whose transactions are not
-- those that a follower knew: the cluster and its timeline.
CREATE FUNCTION which_database() RETURNS bigint LANGUAGE sql STABLE
    RETURN (SELECT hashtextextended(c.system_identifier
        || left(pg_walfile_name(pg_current_wal_lsn()), 8), 0)
        FROM pg_control_system() c);

-- A person's past: comments shown, comments taken away (both counted to 100),
-- and when the first was posted.
CREATE FUNCTION history(who uuid)
RETURNS TABLE (shown bigint, removed bigint, first_seen timestamptz)
LANGUAGE sql STABLE BEGIN ATOMIC
    SELECT (SELECT count(*) FROM (SELECT FROM comment c
            WHERE c.person = who AND c.state = 'shown' LIMIT 100) x),
        (SELECT count(*) FROM (SELECT FROM comment c
            WHERE c.person = who AND c.state IN ('removed', 'spam')
            LIMIT 100) x),
        (SELECT min(f.posted_at)
            FROM unnest(enum_range(NULL::comment_state)) AS s (state)
            CROSS JOIN LATERAL (SELECT c.posted_at FROM comment c
                WHERE c.person = who AND c.state = s.state
                ORDER BY c.id LIMIT 1) f);
END;

-- What every reader may see: of a comment that is not shown, only its place.
CREATE VIEW page_comment AS
SELECT c.thread_id, c.id, coalesce(c.parent, 0) AS parent, c.root,
    CASE WHEN c.state IN ('shown', 'erased') THEN c.state
        ELSE 'removed' END AS state,
    CASE WHEN c.state = 'shown' THEN c.author ELSE '' END AS author,
    CASE WHEN c.state = 'shown' THEN c.badge ELSE '' END AS badge,
    CASE WHEN c.state = 'shown' THEN c.html ELSE '' END AS html,
    CASE WHEN c.state = 'shown' THEN c.anchor::text END AS anchor,
    CASE WHEN c.state = 'removed' THEN c.reason ELSE '' END AS reason,
    usec(c.posted_at) AS posted,
    CASE WHEN c.state = 'shown' THEN usec(c.edited_at) ELSE 0 END AS edited,
    CASE WHEN c.state = 'shown' THEN c.votes ELSE 0 END AS votes
FROM comment c WHERE c.visible;

-- What one filter said of one comment.
CREATE VIEW evidence AS
SELECT c.thread_id, c.id AS comment_id, c.verdict[i + 1] AS filter,
    c.verdict[i + 2]::boolean AS silent, c.verdict[i + 3]::smallint AS score,
    c.verdict[i + 4] AS reason, c.verdict[i + 5] AS features,
    c.verdict[i + 6]::bigint AS usec
FROM comment c CROSS JOIN generate_series(0, cardinality(c.verdict) - 1, 6) i;

-- What its author and moderators see.
CREATE VIEW whole_comment AS
SELECT c.thread_id, c.id, coalesce(c.parent, 0) AS parent, c.root, c.state,
    c.author, c.badge, c.html, c.anchor::text AS anchor, c.reason,
    usec(c.posted_at) AS posted, usec(c.edited_at) AS edited, c.votes,
    c.body, c.person, r.slug, r.title, r.site_id, c.why
FROM comment c JOIN review r ON r.id = c.thread_id;

-- What the web role may not do, of the rows that sql/roles.sql lets it write.
-- Called here where that was run before, and by it where it is run after.
CREATE FUNCTION limit_web_role() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'foyer_web') THEN
        REVOKE INSERT, UPDATE, DELETE ON schema_migration, site, thread_now,
            page_comment, whole_comment, evidence FROM foyer_web;
        REVOKE INSERT, DELETE ON log_head, change_head FROM foyer_web;
        REVOKE UPDATE, DELETE ON moderation_log FROM foyer_web;
        REVOKE DELETE ON review, thread, account, comment FROM foyer_web;
        REVOKE UPDATE ON revision, change FROM foyer_web;
    END IF;
END $$;
SELECT limit_web_role();
