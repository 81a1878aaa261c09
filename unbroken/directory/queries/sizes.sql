-- What may be offered to whoever has outgrown their line: every product whose size is known.
-- Smallest first.
SELECT product.key, product.name, product.technology, product.down_kbit, product.monthly_price,
       product.currency
FROM product
WHERE product.down_kbit IS NOT NULL
ORDER BY product.down_kbit, product.monthly_price NULLS LAST, product.id
