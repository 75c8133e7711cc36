-- What a filter lets be used once, as a proof of work, and who has: a comment
-- by its key. Kept until the filter itself would refuse it as too old.
CREATE TABLE mark_used (
    thread_id   bigint NOT NULL,
    mark        text NOT NULL,
    client_key  uuid NOT NULL,
    ends        timestamptz NOT NULL,
    PRIMARY KEY (thread_id, mark)
);
CREATE INDEX mark_used_ends ON mark_used (ends);

CREATE OR REPLACE FUNCTION derived_tables() RETURNS text[]
LANGUAGE sql IMMUTABLE
    RETURN ARRAY['schema_migration', 'change', 'change_head', 'search_comment',
        'search_review', 'search_head', 'vote_told', 'sso_used',
        'import_head', 'retain_head', 'sign_in_try', 'insight_due',
        'insight_part', 'insight_day',
        'insight_busy', 'insight_wait', 'insight_ruling', 'insight_filter',
        'insight_head', 'insight_site', 'insight_retrain', 'outbox',
        'mail_head', 'mark_used'];
