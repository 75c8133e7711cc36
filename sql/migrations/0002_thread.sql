-- Reading a thread: what spoils the film, who stands behind a name, and which
-- comments helped most.

-- The reviewer, as reviews print the name, whose account it is; "" is nobody.
ALTER TABLE account ADD reviewer text NOT NULL DEFAULT '';

-- What stands beside a name: the reviewer of this very review, a moderator, or
-- somebody whom the journal knows. It vouches for a name, so it goes with that
-- name only; a moderator acts for the journal under any.
CREATE FUNCTION badge(role account_role, name text, reviewer text,
    author text, reviewers text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN reviewer <> '' AND author IN (name, reviewer) AND reviewer = ANY
            (regexp_split_to_array(reviewers, ', | and | & ')) THEN 'reviewer'
        WHEN role IN ('moderator', 'owner') THEN role::text
        WHEN role >= 'reader' AND author IN (name, reviewer) THEN 'verified'
        ELSE '' END;

-- How sure it is that a comment helps: the lower bound of the Wilson interval
-- (95 %) for the share of votes among all that readers said of it (E. B.
-- Wilson, Probable Inference, 1927, JASA 22: 209-212). They can't vote
-- against a comment; what they say against it are reports.
CREATE FUNCTION helpful(votes integer, reports integer)
RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN votes <= 0 THEN 0 ELSE
        (votes + 1.9208 - 1.96 * sqrt(votes::double precision * reports
            / (votes::bigint + reports) + 0.9604))
        / (votes::bigint + reports + 3.8416) END;

-- `reports`: those that no moderator has ruled on. `best` follows by itself,
-- by a trigger on what changes it: as a generated column, or with a CHECK, its
-- expression would be read and planned again for each comment that is posted,
-- a quarter of what that costs. A new comment's is 0.
ALTER TABLE comment
    ADD spoiler boolean NOT NULL DEFAULT false,
    ADD reports integer NOT NULL DEFAULT 0,
    ADD best double precision NOT NULL DEFAULT 0;
CREATE FUNCTION comment_rank() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.best := helpful(NEW.votes, NEW.reports);
    RETURN NEW;
END $$;
CREATE TRIGGER comment_rank BEFORE UPDATE OF votes, reports ON comment
    FOR EACH ROW EXECUTE FUNCTION comment_rank();

-- Of equals the youngest comes first: it had the least time to be read. The
-- other index is made again to stay the last (see 0001).
DROP INDEX comment_best, comment_roots;
CREATE INDEX comment_best ON comment (thread_id, best DESC, id DESC)
    WHERE parent IS NULL AND visible;
CREATE INDEX comment_roots ON comment (thread_id, root)
    WHERE parent IS NULL AND visible;

-- A comment's words as far as they may be told where nobody asked for them:
-- search, mail. All between the first and the last mark of a paragraph: which
-- of them belong together only the renderer knows.
CREATE FUNCTION unspoiled(words text, spoiler boolean) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN spoiler THEN ''
        ELSE regexp_replace(words, '\|\|(?:[^\n]|\n(?!\s*\n))*\|\|', '…', 'g')
        END;

-- `who`: the same for all comments of one person, and no way back to them: 64
-- bits of the 122 that a person's id has.
CREATE OR REPLACE VIEW page_comment AS
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
    CASE WHEN c.state = 'shown' THEN c.votes ELSE 0 END AS votes,
    c.spoiler AND c.state = 'shown' AS spoiler,
    uuid_hash_extended(c.person, 0) AS who
FROM comment c WHERE c.visible;

CREATE OR REPLACE VIEW whole_comment AS
SELECT c.thread_id, c.id, coalesce(c.parent, 0) AS parent, c.root, c.state,
    c.author, c.badge, c.html, c.anchor::text AS anchor, c.reason,
    usec(c.posted_at) AS posted, usec(c.edited_at) AS edited, c.votes,
    c.body, c.person, r.slug, r.title, r.site_id, c.why, c.spoiler
FROM comment c JOIN review r ON r.id = c.thread_id;
