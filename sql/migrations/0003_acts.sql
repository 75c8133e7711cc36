-- What readers do with comments: votes, reports, revisions; and how people of
-- the journal's own come in.

-- One's own votes on a page; the key begins with the comment.
CREATE INDEX vote_by_person ON vote (thread_id, person, comment_id);

-- A thread's pages are told of votes at most every two seconds, or a storm of
-- votes would leave no snapshot standing: when it was last, and whether votes
-- came in since.
CREATE TABLE vote_told (
    thread_id   bigint PRIMARY KEY,
    at          timestamptz NOT NULL,
    due         boolean NOT NULL
);
CREATE INDEX vote_told_due ON vote_told (at) WHERE due;

-- Reports that no moderator has dealt with are counted in comment.reports.
CREATE INDEX comment_reported ON comment (state, id) WHERE reports > 0;
ALTER TABLE report
    ADD words text NOT NULL DEFAULT '',     -- the reporter's own
    ADD settled boolean NOT NULL DEFAULT false;
CREATE INDEX report_by_person ON report (person, at);

-- Whether readers ever saw this text; only then they may see it again.
ALTER TABLE revision ADD shown boolean NOT NULL DEFAULT false;

-- Whom the journal's tokens have brought in, by the journal's name for them;
-- and each token that was used, until it would be too old anyway.
CREATE TABLE sso_identity (
    site_id     smallint NOT NULL REFERENCES site,
    subject     text NOT NULL,
    account_id  uuid NOT NULL UNIQUE REFERENCES account,
    name        text NOT NULL,              -- as readers see it
    reviewer_of text[] NOT NULL DEFAULT '{}',   -- slugs of reviews
    seen_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (site_id, subject)
);
CREATE TABLE sso_used (
    site_id     smallint NOT NULL REFERENCES site,
    jti         text NOT NULL,
    ends        timestamptz NOT NULL,
    PRIMARY KEY (site_id, jti)
);
CREATE INDEX sso_used_ends ON sso_used (ends);

-- Whether this person may do nothing here.
CREATE FUNCTION banned(site smallint, who uuid) RETURNS boolean
LANGUAGE sql STABLE
    RETURN coalesce((SELECT a.suspended FROM account a WHERE a.id = who), false)
        OR EXISTS (SELECT FROM ban b WHERE b.person = who AND b.site_id = site
            AND (b.until IS NULL OR b.until > now()));
