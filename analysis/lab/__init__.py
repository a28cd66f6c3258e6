"""What a researcher calls in JupyterLab: the warehouse, SQL in cells of their own (`%load_ext analysis.lab`), and a form for reports."""

import polars as pl
from IPython.core.interactiveshell import InteractiveShell

from analysis.lab.form import choose, with_parameters
from analysis.lab.sql_cells import sql
from analysis.open_warehouse import open_warehouse

__all__ = ["choose", "open_warehouse", "with_parameters"]

_ROWS, _LETTERS = 40, 2_000  # of a table that is shown


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Makes `%%sql` known to a notebook, and polars show comments whole; IPython calls it for `%load_ext analysis.lab`."""
    pl.Config.set_tbl_rows(_ROWS)
    pl.Config.set_fmt_str_lengths(_LETTERS)
    shell.magics_manager.register_function(lambda line, cell: sql(shell, line, cell), "cell", "sql")
