-- Finding: full text over reviews and shown comments, in English and Russian,
-- and names in whatever script and romanisation they are written.
--
-- What is searched is derived, and no posting waits for it: foyerd's background
-- process follows the changes, `foyerctl search rebuild` makes all of it anew.

-- Whose words it was: a comment's; 0: the review's; NULL: nobody's (votes).
ALTER TABLE change ADD comment_id bigint;

-- A name's words, lower case and parted by spaces, as they sound roughly: one
-- way to write them whichever Latin letters stand for the Cyrillic ones. Rules
-- are of ALA-LC (1997), BGN/PCGN (1947), ISO 9:1995 and its older form that
-- Slavists use, and of what English, German and French newspapers print. Z, C
-- and S stand for zh, ch and shch. Too much alike is better than not found:
-- z is s (German Swjaginzew), ts is s, a word's last vowels are cut (Tarkovskii,
-- Tarkovsky, -skij, -ski; and with them most of a case's endings in Russian).
CREATE FUNCTION romanised(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    rule text[];
    letter text;
    w text := ' ' || words || ' ';
BEGIN
    w := translate(w, 'абвгґдеёєэзийіїклмнопрстуфхцыў',
        'abvggdeeeeziiiiklmnoprstufhsiu');
    -- Where letters are Slavists' or German, ch is kh.
    IF w ~ '[čžš]|tsch' THEN
        w := regexp_replace(w, 'ch(?=[[:alpha:]]*([čžš]|tsch))'
            || '|(?<=([čžš]|tsch)[[:alpha:]]*)ch', 'kh', 'g');
    END IF;
    FOREACH rule SLICE 1 IN ARRAY ARRAY[['ж', 'Z'], ['ч', 'C'], ['щ', 'S'],
        ['ш', 'sh'], ['ю', 'iu'], ['я', 'ia'], ['ž', 'Z'], ['č', 'C'],
        ['ć', 'C'], ['ŝ', 'S'], ['š', 'sh'], ['û', 'iu'], ['â', 'ia']] LOOP
        w := replace(w, rule[1], rule[2]);
    END LOOP;
    w := regexp_replace(normalize(w, NFD), '[\u0300-\u036f]', '', 'g');
    FOREACH rule SLICE 1 IN ARRAY ARRAY[['ł', 'l'], ['ø', 'o'], ['ß', 'ss'],
        ['schtsch', 'S'], ['chtch', 'S'], ['shch', 'S'], ['tsch', 'C'],
        ['tch', 'C'], ['sch', 'sh'], ['zh', 'Z'], ['kh', 'h'], ['cz', 'C'],
        ['ck', 'k'], ['ch', 'C'], ['ph', 'f'], ['th', 't'], ['x', 'ks'],
        ['q', 'k'], ['w', 'v'], ['ce', 'se'], ['ci', 'si'], ['cy', 'si'],
        ['c', 'k'], ['sht', 'st'], ['shp', 'sp'], ['tz', 's'], ['ts', 's'],
        ['z', 's'], ['gue', 'ge'], ['gui', 'gi'], ['ou', 'u'], ['y', 'i'],
        ['j', 'i'], ['ii', 'i'], ['ie', 'e'], ['io', 'e'], ['der ', 'dr '],
        ['ter ', 'tr ']] LOOP
        w := replace(w, rule[1], rule[2]);
    END LOOP;
    FOREACH letter IN ARRAY string_to_array('abdefghiklmnoprstuvCSZ', NULL) LOOP
        w := replace(w, letter || letter, letter);
    END LOOP;
    RETURN trim(regexp_replace(w, '([[:alpha:]]{3})[aeiou]+ ', '\1 ', 'g'));
END $$;

-- Lower case, letters only; without apostrophes (Shepit'ko), Cyrillic signs and
-- the English genitive.
CREATE FUNCTION name_words(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN trim(regexp_replace(lower(translate(
        regexp_replace(normalize(words, NFC), '[''’ʼ]s\M', '', 'g'),
        '''’ʼʹʺ′″`ьъЬЪ', '')), '[^[:alpha:]]+', ' ', 'g'));

-- Without the ending of a Russian case that is more than vowels: Тарковского.
CREATE FUNCTION nominative(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(words,
        '([а-яё]{3})(ого|его|ому|ему|ыми|ими|ами|ями|[ыиоеая]м|[ыиая]х)\M',
        '\1', 'g');

-- The keys of all the words. A word in a case and one that only looks so
-- (Максим) can't be told apart: it has both.
CREATE FUNCTION name_keys(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(SELECT DISTINCT k FROM (
        SELECT string_to_array(romanised(w || ' ' || nominative(w)), ' ')
        FROM name_words(words) AS w (w)) x (keys), unnest(x.keys) AS k
    WHERE length(k) BETWEEN 1 AND 60);

-- Words of a text that may be names: they begin with a capital.
CREATE FUNCTION capitalised(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(SELECT DISTINCT m[1] FROM regexp_matches(words,
        '[[:upper:]][[:alpha:]''’ʼʹ]+', 'g') AS m);

-- Names in a text, as lexemes that no word of a language is.
CREATE FUNCTION mentions(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_to_tsvector(ARRAY(SELECT 'n:' || k
        FROM unnest(name_keys(array_to_string(capitalised(words), ' '))) AS k
        WHERE length(k) > 2));

-- PostgreSQL's `russian` stems words in Latin letters as English ones.
CREATE FUNCTION stems(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('russian', translate(words, 'ёЁ', 'еЕ'));

CREATE FUNCTION facet(mark text, words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_to_tsvector(ARRAY(SELECT mark || k
        FROM unnest(name_keys(words)) AS k));

-- What was typed as a reader may see it in one line.
CREATE FUNCTION plain(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN translate(regexp_replace(regexp_replace(words,
            '\[([^]]*)\]\([^)]*\)', '\1', 'g'), '(^|\n)[> ]*', ' ', 'g'),
        '*_`|', '    ');

CREATE FUNCTION review_text(r review) RETURNS text LANGUAGE sql STABLE
    RETURN left(r.epigraph || ' ' || array_to_string(r.paragraphs, ' '),
        100000);

-- i: d: r: f: the review's issue, directors, reviewer, film.
CREATE FUNCTION review_lexemes(r review) RETURNS tsvector LANGUAGE sql STABLE
    RETURN setweight(stems(concat_ws(' ', r.heading, r.title, r.original,
            r.reviewer)), 'A')
        || stems(review_text(r) || ' ' || r.credits::text)
        || mentions(concat_ws(' ', r.heading, r.original, r.reviewer,
            r.credits::text, review_text(r)))
        || facet('d:', array_to_string(r.directors, ' '))
        || facet('r:', r.reviewer)
        || facet('f:', r.title || ' ' || r.original)
        || array_to_tsvector(ARRAY['i:' || r.issue]);

-- What spoils a film can't be searched for either.
CREATE FUNCTION comment_lexemes(author text, body text, spoiler boolean)
RETURNS tsvector LANGUAGE sql STABLE
    RETURN stems(author || E'\n' || unspoiled(body, spoiler))
        || mentions(author || E'\n' || unspoiled(body, spoiler));

-- `change`: the id of the last one that is in it. Who searches joins the
-- comment: what is no longer shown, or was edited since, is not found.
CREATE TABLE search_comment (
    thread_id   bigint NOT NULL,
    comment_id  bigint NOT NULL,
    change      bigint NOT NULL,
    edited_at   timestamptz,
    lexemes     tsvector NOT NULL,
    PRIMARY KEY (thread_id, comment_id)
);
CREATE INDEX search_comment_newest ON search_comment (comment_id);
CREATE INDEX search_comment_lexemes ON search_comment USING gin (lexemes);
CREATE TABLE search_review (
    review_id   bigint PRIMARY KEY REFERENCES review ON DELETE CASCADE,
    change      bigint NOT NULL,
    lexemes     tsvector NOT NULL
);
CREATE INDEX search_review_lexemes ON search_review USING gin (lexemes);

-- Every change that the snapshot saw is searched; of comments that were there
-- before, those up to `filled`.
CREATE TABLE search_head (
    site_id     smallint PRIMARY KEY CHECK (site_id = 0),   -- one row: all
    seen        pg_snapshot NOT NULL,
    filled      bigint NOT NULL DEFAULT 0,
    fill_to     bigint NOT NULL
);
INSERT INTO search_head (site_id, seen, fill_to)
SELECT 0, pg_current_snapshot(),
    coalesce((SELECT max(id) FROM comment), 0);
INSERT INTO search_review SELECT r.id, 0, review_lexemes(r) FROM review r;

-- ---- asking ----

-- All the words of a name, each in any of its forms; NULL if it has none.
CREATE FUNCTION name_query(mark text, words text, shortest integer)
RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    word text;
    one text;
    every tsquery;
BEGIN
    FOREACH word IN ARRAY
            string_to_array(name_words(coalesce(words, '')), ' ') LOOP
        SELECT string_agg(quote_literal(mark || k), '|') INTO one
        FROM unnest(name_keys(word)) AS k WHERE length(k) >= shortest;
        IF one IS NOT NULL THEN
            every := CASE WHEN every IS NULL THEN one::tsquery
                ELSE every && one::tsquery END;
        END IF;
    END LOOP;
    RETURN every;
END $$;

-- What a reader typed: all the words, "a phrase", -without, this or that. No
-- text is an error; NULL where nothing is asked for. At most 16 terms.
CREATE FUNCTION search_words(asked text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    term text[];
    one tsquery;
    every tsquery;
    either boolean := false;
BEGIN
    FOR term IN SELECT m FROM regexp_matches(asked,
        '(-?)("[^"]*"|[^[:space:]"]+)', 'g') AS m LIMIT 16 LOOP
        IF lower(term[2]) IN ('or', 'или') THEN
            either := every IS NOT NULL;
            CONTINUE;
        END IF;
        one := phraseto_tsquery('russian', translate(term[2], 'ёЁ', 'еЕ'));
        CONTINUE WHEN numnode(one) = 0;
        IF term[2] !~ '^".*[[:space:]]' THEN
            one := one || coalesce(name_query('n:', term[2], 3), '');
        END IF;
        one := CASE WHEN term[1] = '-' THEN !! one ELSE one END;
        every := CASE WHEN every IS NULL THEN one
            WHEN either THEN every || one ELSE every && one END;
        either := false;
    END LOOP;
    RETURN CASE WHEN querytree(every) NOT IN ('', 'T') THEN every END;
END $$;

-- A part of the question that was not asked does not narrow it.
CREATE FUNCTION both_queries(a tsquery, b tsquery) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN a IS NULL THEN b WHEN b IS NULL THEN a ELSE a && b END;

-- What everybody says of a film, director, reviewer: of a person the surname.
CREATE FUNCTION mention_query(film text, director text, reviewer text)
RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN both_queries(
        CASE WHEN film <> '' THEN coalesce(name_query('n:', film, 3), '')
            || phraseto_tsquery('russian', translate(film, 'ёЁ', 'еЕ')) END,
        both_queries(
            name_query('n:', substring(director, '[^[:space:]]+\s*$'), 3),
            name_query('n:', substring(reviewer, '[^[:space:]]+\s*$'), 3)));

CREATE FUNCTION facet_query(film text, director text, reviewer text,
    issue integer)
RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN both_queries(both_queries(name_query('f:', film, 1),
            name_query('d:', director, 1)),
        both_queries(name_query('r:', reviewer, 1),
            CASE WHEN issue > 0 THEN ('''i:' || issue || '''')::tsquery END));

-- Some words around what was found, that between \x02 and \x03: no text that
-- foyer keeps has these.
CREATE FUNCTION excerpt(words text, asked tsquery) RETURNS text
LANGUAGE sql STABLE
    RETURN ts_headline('russian', words, asked, CASE
        WHEN length(words) < 240 THEN 'HighlightAll=true'
        ELSE 'MaxFragments=2, MinWords=10, MaxWords=26,'
            || 'FragmentDelimiter=" … "' END
        || ', StartSel="' || chr(2) || '", StopSel="' || chr(3) || '"');

-- The same where only a name was found that is written in another way: the
-- words are looked for that it is written with here.
CREATE FUNCTION excerpt_names(words text, asked tsquery) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    shown text := excerpt(words, asked);
    keys text[] := ARRAY(SELECT m[1]
        FROM regexp_matches(asked::text, '''n:([^'']+)''', 'g') AS m);
    bare text;
    found text;
BEGIN
    IF keys = '{}' OR strpos(shown, chr(2)) > 0 THEN
        RETURN shown;
    END IF;
    bare := name_words(array_to_string(capitalised(words), ' '));
    SELECT string_agg(quote_literal(w), '|') INTO found
    FROM unnest(string_to_array(bare, ' '),
        string_to_array(romanised(bare), ' '),
        string_to_array(romanised(nominative(bare)), ' ')) AS u (w, k, n)
    WHERE k = ANY (keys) OR n = ANY (keys);
    RETURN excerpt(words, asked || coalesce(to_tsquery('russian', found), ''));
END $$;

-- A comment that is still as it was when it was read for the index, and shown.
CREATE FUNCTION still_found(thread bigint, comment bigint, edited timestamptz,
    site smallint, in_issue integer)
RETURNS boolean LANGUAGE sql STABLE
    RETURN EXISTS (SELECT FROM comment c JOIN review r ON r.id = c.thread_id
        WHERE c.thread_id = thread AND c.id = comment AND c.state = 'shown'
            AND c.edited_at IS NOT DISTINCT FROM edited
            AND r.site_id = site AND (in_issue = 0 OR r.issue = in_issue));

-- A keyset page, the newest first. What is often said is among the last few
-- thousand; what is not there, the index of words has few of. The planner can't
-- tell which it will be: it takes any rare word to be said now and then. Where
-- no word is asked for, all that is said in an issue.
CREATE FUNCTION found_comments(site smallint, asked tsquery, in_issue integer,
    before bigint)
RETURNS TABLE (id bigint) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_custom_plan SET enable_bitmapscan = on AS $$
DECLARE
    ids bigint[];
BEGIN
    IF asked IS NULL THEN
        RETURN QUERY SELECT c.id FROM review r
        CROSS JOIN LATERAL (SELECT c.id FROM comment c
            WHERE c.thread_id = r.id AND c.id < before AND c.state = 'shown'
            ORDER BY c.id DESC LIMIT 21) c
        WHERE r.site_id = site AND r.issue = in_issue
        ORDER BY c.id DESC LIMIT 21;
        RETURN;
    END IF;
    ids := ARRAY(SELECT n.comment_id
        FROM (SELECT s.thread_id, s.comment_id, s.edited_at, s.lexemes
            FROM search_comment s WHERE s.comment_id < before
            ORDER BY s.comment_id DESC LIMIT 4000) n
        WHERE n.lexemes @@ asked AND still_found(n.thread_id, n.comment_id,
            n.edited_at, site, in_issue)
        LIMIT 21);
    IF cardinality(ids) < 21 THEN
        ids := ARRAY(SELECT n.nth
            FROM (SELECT s.thread_id, s.comment_id + 0 AS nth, s.edited_at
                FROM search_comment s
                WHERE s.lexemes @@ asked AND s.comment_id < before
                ORDER BY nth DESC OFFSET 0) n
            WHERE still_found(n.thread_id, n.nth, n.edited_at, site, in_issue)
            LIMIT 21);
    END IF;
    RETURN QUERY SELECT unnest(ids);
END $$;

-- Planned each time, since what is asked decides the way.
CREATE FUNCTION found_reviews(site smallint, asked tsquery, facets tsquery,
    mentioned tsquery)
RETURNS TABLE (id bigint, place bigint) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_custom_plan SET enable_bitmapscan = on AS $$
BEGIN
    RETURN QUERY SELECT r.id, row_number() OVER (
        ORDER BY coalesce(s.lexemes @@ facets, false) DESC,
            ts_rank(s.lexemes, coalesce(asked, facets)) DESC,
            r.issue DESC, r.id DESC)
    FROM search_review s JOIN review r ON r.id = s.review_id
    WHERE s.lexemes @@ both_queries(asked, CASE WHEN mentioned IS NULL
            THEN facets ELSE facets || mentioned END)
        AND r.site_id = site
    ORDER BY 2 LIMIT 21;
END $$;

CREATE OR REPLACE FUNCTION limit_web_role() RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'foyer_web') THEN
        REVOKE INSERT, UPDATE, DELETE ON schema_migration, site, thread_now,
            page_comment, whole_comment, evidence FROM foyer_web;
        REVOKE INSERT, DELETE ON log_head, change_head, search_head
            FROM foyer_web;
        REVOKE UPDATE, DELETE ON moderation_log FROM foyer_web;
        REVOKE DELETE ON review, thread, account, comment FROM foyer_web;
        REVOKE UPDATE ON revision, change FROM foyer_web;
    END IF;
END $$;
SELECT limit_web_role();
