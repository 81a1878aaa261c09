-- What words we know begin so, as they stand in the index, joined by "or"; empty: none, or too
-- many to spell out.
WITH spelt AS (
    SELECT word FROM search_word
    WHERE word ~>=~ %(begun)s AND word ~<~ %(upto)s
    LIMIT %(limit)s
)
SELECT CASE WHEN (SELECT count(*) FROM spelt) < %(limit)s THEN (
    SELECT string_agg(quote_literal(stem), ' | ')
    FROM unnest(search_stems((SELECT string_agg(word, ' ') FROM spelt))) AS stem
    WHERE starts_with(stem, %(begun)s)) END AS lexemes
