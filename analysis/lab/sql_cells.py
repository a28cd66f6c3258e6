"""SQL in a cell of its own: `%%sql` asks the connection `warehouse` of the notebook, and shows the rows.

JupySQL does the same and more; why it is not used stands in docs/decisions.md.
"""

import duckdb
import polars as pl
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

_CONNECTION = "warehouse"


def sql(shell: InteractiveShell, line: str, cell: str) -> pl.DataFrame | None:
    """`%%sql [name]`: the rows of one SELECT as a polars frame, shown or, with a name, kept under it.

    `$uai` in the SQL is the notebook's variable of that name: a text or a number, never a piece of SQL. Raises UsageError, which
    IPython shows as one line, for wrong SQL, for a variable that there is not, and where no `warehouse` is open.
    """
    connection = shell.user_ns.get(_CONNECTION)
    if not isinstance(connection, duckdb.DuckDBPyConnection):
        raise UsageError(f"%%sql: open the warehouse first: {_CONNECTION} = open_warehouse()")
    try:
        rows = connection.sql(cell, params=_given(shell, cell, connection)).pl()
    except duckdb.Error as error:
        raise UsageError(f"%%sql: {error}") from None
    if not line.strip():
        return rows
    shell.user_ns[line.strip()] = rows
    return None


def _given(shell: InteractiveShell, cell: str, connection: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """The notebook's variables that the SQL names with a `$`."""
    names = {name for statement in connection.extract_statements(cell) for name in statement.named_parameters}
    missing = sorted(names - shell.user_ns.keys())
    if missing:
        raise UsageError(f"%%sql: there is no variable {', '.join(missing)} in this notebook")
    return {name: shell.user_ns[name] for name in names}
