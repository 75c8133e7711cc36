-- Mail: who wants to hear of replies, and what is to be sent.
--
-- An address is sealed with the box key (v4.local): the database alone tells
-- none. Its keyed hash finds what else was asked for with the same address.
CREATE TABLE follower (
    thread_id   bigint NOT NULL,
    comment_id  bigint NOT NULL,            -- theirs: of replies to it
    person      uuid NOT NULL,
    mail        bytea NOT NULL,             -- keyed hash
    address     text NOT NULL,              -- sealed
    asked_at    timestamptz NOT NULL DEFAULT now(),
    confirmed_at timestamptz,
    PRIMARY KEY (thread_id, comment_id),
    FOREIGN KEY (thread_id, comment_id) REFERENCES comment
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX follower_mail ON follower (mail);
CREATE INDEX follower_person ON follower (person);
CREATE INDEX follower_asked ON follower (asked_at);

-- What is to be sent. A row stays for a while when it was, so that the same is
-- not written twice and an address gets no more than it can bear; the address
-- itself is the follower's, so who is gone by then gets nothing.
DROP TABLE outbox;
CREATE TABLE outbox (
    thread_id   bigint NOT NULL,            -- 0: a digest for moderators
    site_id     smallint NOT NULL REFERENCES site,
    comment_id  bigint NOT NULL,            -- its follower gets it
    kind        text NOT NULL,              -- confirm, reply, digest
    about       bigint NOT NULL,            -- the reply; the digest's number
    mail        bytea,                      -- confirm: to whom, a keyed hash
    made_at     timestamptz NOT NULL DEFAULT now(),
    due_at      timestamptz NOT NULL DEFAULT now(),
    tried       integer NOT NULL DEFAULT 0,
    over_at     timestamptz,                -- sent or given up
    PRIMARY KEY (thread_id, site_id, comment_id, kind, about)
);
CREATE INDEX outbox_due ON outbox (site_id, due_at) WHERE over_at IS NULL;
CREATE INDEX outbox_over ON outbox (over_at) WHERE over_at IS NOT NULL;
CREATE INDEX outbox_mail ON outbox (mail, made_at) WHERE mail IS NOT NULL;

-- Followers have heard of every change that the snapshot saw. Where mail was
-- off for an hour, they don't hear of what came meanwhile.
CREATE TABLE mail_head (
    site_id     smallint PRIMARY KEY CHECK (site_id = 0),   -- one row: all
    seen        pg_snapshot NOT NULL DEFAULT pg_current_snapshot(),
    at          timestamptz NOT NULL DEFAULT now()
);
INSERT INTO mail_head (site_id) VALUES (0);

CREATE OR REPLACE FUNCTION derived_tables() RETURNS text[]
LANGUAGE sql IMMUTABLE
    RETURN ARRAY['schema_migration', 'change', 'change_head', 'search_comment',
        'search_review', 'search_head', 'vote_told', 'sso_used',
        'import_head', 'retain_head', 'sign_in_try', 'insight_due',
        'insight_part', 'insight_day',
        'insight_busy', 'insight_wait', 'insight_ruling', 'insight_filter',
        'insight_head', 'insight_site', 'insight_retrain', 'outbox',
        'mail_head'];

ALTER FUNCTION limit_web_role() RENAME TO limit_web_role_before_mail;
CREATE FUNCTION limit_web_role() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM limit_web_role_before_mail();
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'foyer_web') THEN
        REVOKE INSERT, DELETE ON mail_head FROM foyer_web;
    END IF;
END $$;
SELECT limit_web_role();
