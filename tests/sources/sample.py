"""What a sample of a format is: a file of `samples/` and the rows of its canonical table that it must become."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """A sample file, the source that it is (or that fills one table from it), and its rows in some columns of the source's table."""

    file: str
    source: str
    columns: str
    rows: list[tuple]
    aside: int = 0
    folder: str = ""  # where it is dropped, for formats that read the school and the year there
