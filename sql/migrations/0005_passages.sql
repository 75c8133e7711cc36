-- Comments that are about words of their review, those of one thread by id:
-- few of all, so that a page finds its passages without the others.
CREATE INDEX comment_passage ON comment (thread_id, id)
    WHERE anchor IS NOT NULL;
