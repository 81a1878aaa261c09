-- The Monday of the latest list of lines that will soon fail.
SELECT monday FROM ageing_list WHERE NOT is_backcast ORDER BY monday DESC LIMIT 1
