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
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
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
    imported_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (site_id, slug)
);
CREATE INDEX review_by_issue ON review (site_id, issue DESC, id DESC);

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

CREATE TABLE account (
    id          uuid PRIMARY KEY,
    name        text NOT NULL UNIQUE,
    password    text NOT NULL,
    role        account_role NOT NULL DEFAULT 'reader',
    token_epoch bigint NOT NULL DEFAULT 0,
    suspended   boolean NOT NULL DEFAULT false,
    made_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE comment (
    thread_id   bigint NOT NULL REFERENCES thread ON DELETE CASCADE,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    parent      bigint,
    root        bigint NOT NULL,            -- itself for a root
    state       comment_state NOT NULL,
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
    PRIMARY KEY (thread_id, id),
    UNIQUE (thread_id, client_key),
    FOREIGN KEY (thread_id, parent) REFERENCES comment (thread_id, id)
);
-- A page's roots (a removed comment stays as a tombstone), its replies,
-- a permalink, a person's history, the queue.
CREATE INDEX comment_roots ON comment (thread_id, id)
    WHERE parent IS NULL AND state IN ('shown', 'removed', 'erased');
CREATE INDEX comment_replies ON comment (thread_id, root, id)
    WHERE parent IS NOT NULL AND state IN ('shown', 'removed', 'erased');
CREATE INDEX comment_by_id ON comment (id);
CREATE INDEX comment_by_person ON comment (person, state);
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

-- What one filter said of one comment.
CREATE TABLE verdict (
    thread_id   bigint NOT NULL,
    comment_id  bigint NOT NULL,
    filter      text NOT NULL,
    silent      boolean NOT NULL,
    score       smallint NOT NULL,
    reason      text NOT NULL,
    features    text NOT NULL,
    usec        bigint NOT NULL,
    PRIMARY KEY (thread_id, comment_id, filter),
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
    PRIMARY KEY (thread_id, id)
);
CREATE INDEX moderation_log_by_id ON moderation_log (id);
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
    PRIMARY KEY (thread_id, id)
);
CREATE INDEX change_of_thread ON change (thread_id, xid);
CREATE INDEX change_feed ON change (xid, id);

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

-- What the web role may not do, of the rows that sql/roles.sql lets it write.
-- Called here where that was run before, and by it where it is run after.
CREATE FUNCTION limit_web_role() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'foyer_web') THEN
        REVOKE INSERT, UPDATE, DELETE ON schema_migration, site
            FROM foyer_web;
        REVOKE INSERT, DELETE ON log_head FROM foyer_web;
        REVOKE UPDATE, DELETE ON moderation_log FROM foyer_web;
        REVOKE DELETE ON review, thread, account, comment FROM foyer_web;
        REVOKE UPDATE ON revision, change FROM foyer_web;
    END IF;
END $$;
SELECT limit_web_role();
