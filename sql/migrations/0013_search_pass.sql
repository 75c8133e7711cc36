-- 0013_search_pass.sql: the search index takes changes in passes.
-- A pass brings the index from `seen` to `target`, in the order of changes; it
-- has come to `after`. A batch begins where the one before it ended.
ALTER TABLE search_head
    ADD COLUMN target pg_snapshot,
    ADD COLUMN after_xid xid8 NOT NULL DEFAULT '0',
    ADD COLUMN after_id bigint NOT NULL DEFAULT 0;
