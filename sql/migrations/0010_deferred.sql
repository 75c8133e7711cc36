-- Comments that wait for a filter which is asked later. Only a comment that is
-- held is looked at for it, so posting what is shown costs nothing more.
CREATE INDEX comment_deferred ON comment (id)
    WHERE state = 'held' AND 'is asked later' = ANY (verdict);
