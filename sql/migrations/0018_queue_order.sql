-- All that waits is read in its own order, and as far as it must be: where an
-- index by thread can answer without the table and this one can't, that is
-- read whole and sorted, which with 20,000 of them is most of what a page costs.
DROP INDEX comment_held, comment_reported;
CREATE INDEX comment_held ON comment (id) INCLUDE (thread_id)
    WHERE state = 'held';
CREATE INDEX comment_reported ON comment (state, id) INCLUDE (thread_id)
    WHERE reports > 0;

-- Made again to stay the last (see 0001).
DROP INDEX comment_held_here, comment_reported_here;
CREATE INDEX comment_held_here ON comment (thread_id, id)
    WHERE state = 'held';
CREATE INDEX comment_reported_here ON comment (thread_id, id)
    WHERE reports > 0 AND state = 'shown';
