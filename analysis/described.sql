/*
title = "The tables and views of one schema, with their comments and those of their columns"
*/
WITH told AS (
    SELECT schema_name, table_name, comment FROM duckdb_tables()
    UNION ALL
    SELECT schema_name, view_name AS table_name, comment FROM duckdb_views()
)

SELECT
    t.table_name,
    t.comment,
    LIST({'name': c.column_name, 'type': c.data_type, 'meaning': c.comment} ORDER BY c.column_index) AS columns
FROM told AS t
JOIN duckdb_columns() AS c USING (schema_name, table_name)
WHERE t.schema_name = $1
GROUP BY t.table_name, t.comment
ORDER BY t.table_name
