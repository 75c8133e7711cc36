-- What a reader typed, whichever quotation marks a phrase has: «a phrase».
CREATE FUNCTION search_typed(asked text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN search_words(translate(asked, '«»“”„‟', '""""""'));
