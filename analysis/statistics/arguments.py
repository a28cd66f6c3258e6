"""What callers may hand over: any sequence, checked once, as an array. What is missing or misread raises: it would be a silent zero."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Codes = NDArray[np.intp]
Flags = NDArray[np.bool_]


def numbers(name: str, values: ArrayLike) -> Numbers:
    """The values as floats. Raises ValueError where one is missing or infinite."""
    _refuse_missing(name, values)
    found = np.asarray(values, dtype=float).ravel()
    if not np.isfinite(found).all():
        raise ValueError(f"{name}: a value is missing or infinite. Leave those rows out before, and say so.")
    return found


def amounts_of(values: ArrayLike) -> Numbers:
    """Amounts (minutes, days, visits) as floats. Raises ValueError where one is missing, infinite or negative."""
    found = numbers("amounts", values)
    if (found < 0).any():
        raise ValueError("amounts: a value is negative. Inequality is defined for amounts from 0 upwards.")
    return found


def weights_of(values: ArrayLike | None, count: int) -> Numbers:
    """Weights as shares that sum to 1; equal ones for None. Raises ValueError unless there are `count`, all above 0."""
    found = np.ones(count) if values is None else numbers("weights", values)
    same_length(amounts=np.empty(count), weights=found)
    if (found <= 0).any():
        raise ValueError("weights: each must be above 0, as a number of pupils is.")
    return found / found.sum() if count else found


def codes_of(name: str, labels: ArrayLike) -> tuple[Codes, int]:
    """Labels (classes, schools) as whole numbers from 0, and how many different ones there are. Raises ValueError where one is missing."""
    _refuse_missing(name, labels)
    listed = np.asarray(labels).ravel()
    different, codes = np.unique(listed.astype(str), return_inverse=True)
    return codes.ravel(), len(different)


def flags_of(name: str, values: ArrayLike) -> Flags:
    """Yes or no, as booleans. Raises ValueError where a value is neither, for NumPy takes a missing one for yes."""
    _refuse_missing(name, values)
    found = np.asarray(values).ravel()
    if not np.isin(found.astype(object), [True, False]).all():
        raise ValueError(f"{name}: a value is neither true nor false.")
    return found.astype(bool)


def same_length(**columns: NDArray) -> None:
    """Raises ValueError unless the columns have one value per row each."""
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError("Columns of different lengths: " + ", ".join(f"{name} {length}" for name, length in lengths.items()))


def _refuse_missing(name: str, values: ArrayLike) -> None:
    listed = np.asarray(values).ravel()
    is_open = listed.dtype.kind in "Of"  # only these can hold None or NaN
    if np.ma.is_masked(values) or (is_open and any(value is None or value != value for value in listed.tolist())):
        raise ValueError(f"{name}: a value is missing. Leave those rows out before, and say so.")
