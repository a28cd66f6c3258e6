/*
title = "Every table and view of the database in use, with its columns"
*/
WITH relations AS (
    SELECT 'TABLE' AS kind, schema_name, table_name
    FROM duckdb_tables()
    WHERE database_name = CURRENT_DATABASE() AND NOT internal AND NOT temporary
    UNION ALL
    SELECT 'VIEW' AS kind, schema_name, view_name AS table_name
    FROM duckdb_views()
    WHERE database_name = CURRENT_DATABASE() AND NOT internal AND NOT temporary
)

SELECT
    r.kind,
    r.schema_name,
    r.table_name,
    LIST(c.column_name ORDER BY c.column_index) AS columns
FROM relations AS r
JOIN duckdb_columns() AS c USING (schema_name, table_name)
WHERE c.database_name = CURRENT_DATABASE()
GROUP BY ALL
ORDER BY ALL
