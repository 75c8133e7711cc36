-- 0020_search_plans.sql: a comment's words, by plans that are kept.
-- As before, but in PL/pgSQL, which plans once a connection. A function in SQL
-- that is asked by another is parsed and planned again for each call, which
-- was two thirds of what a comment's words cost.
CREATE OR REPLACE FUNCTION capitalised(words text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT m[1] FROM regexp_matches(words,
        U&'([[:upper:]](?:[[:alpha:]''’ʼʹʺ\0361\FE20\FE21]|'
            '["”](?=[[:alpha:]]))+)', 'g') AS m);
END $$;

CREATE OR REPLACE FUNCTION name_keys(words text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT k FROM (
        SELECT string_to_array(romanised(concat_ws(' ', w, nominative(w),
            CASE WHEN w ~ '[cx]' THEN slavic(w) END)), ' ')
        FROM name_words(words) AS w (w)) x (keys), unnest(x.keys) AS k
    WHERE length(k) BETWEEN 1 AND 60);
END $$;

CREATE OR REPLACE FUNCTION mentions(words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN array_to_tsvector(ARRAY(SELECT 'n:' || k
        FROM unnest(name_keys(array_to_string(capitalised(words), ' '))) AS k
        WHERE length(k) > 2));
END $$;

CREATE OR REPLACE FUNCTION facet(mark text, words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN array_to_tsvector(ARRAY(SELECT mark || k
        FROM unnest(name_keys(words)) AS k));
END $$;

CREATE OR REPLACE FUNCTION comment_lexemes(author text, body text,
    spoiler boolean)
RETURNS tsvector LANGUAGE plpgsql STABLE AS $$
DECLARE
    told text := author || E'\n' || unspoiled(body, spoiler);
BEGIN
    RETURN stems(told) || mentions(told);
END $$;
