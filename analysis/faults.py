"""What the machine refuses, in one sentence that says what to do: a disk that is full, a folder that cannot be written, a file in use."""

import errno
import os
import re

import duckdb

from analysis.errors import DONE_IN_PART, UserError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_IN_THE_WAY = (errno.ENOTDIR, errno.EEXIST, errno.EISDIR)
_KNOWN = {os.strerror(number): number for number in (*_FULL, *_FORBIDDEN, *_IN_THE_WAY, errno.EIO, errno.EMFILE)}
_WRAPPED = (duckdb.IOException, duckdb.FatalException, duckdb.TransactionException)  # a commit or a checkpoint that could not be written
_AGAIN = "Nothing half-written counts: run the same command again afterwards."


class FullError(UserError):
    """A disk or a quota is full; what was done before stays."""

    exit_code = DONE_IN_PART


def fault_of_machine(error: BaseException) -> UserError | None:
    """The sentence for an error of the operating system, its own or as the engine tells it; None for an error of another kind.

    The engine's own words are not repeated: they may hold a value of a file.
    """
    if isinstance(error, OSError):
        return _of_system(error.errno, str(error.filename or ""), error.strerror or str(error))
    if isinstance(error, duckdb.OutOfMemoryException):
        return _full("the folder for what does not fit into memory (data/.staging)") if "max_temp_directory_size" in str(error) else None
    return _of_engine(str(error)) if isinstance(error, _WRAPPED) else None


def _of_system(number: int | None, path: str, words: str) -> UserError:
    where = path or "a file"
    if number in _FULL:
        return _full(where)
    if number in _FORBIDDEN:
        return UserError(f"{where} cannot be opened or written ({words}). Give the account that runs Cartable the right to it. {_AGAIN}")
    if number in _IN_THE_WAY:
        return UserError(f"{where}: a file stands where a folder is needed, or the reverse ({words}). Move it away. {_AGAIN}")
    return UserError(f"{where}: the system refuses ({words}). {_AGAIN}")


def _full(where: str) -> UserError:
    return FullError(f"The disk is full (or a quota, or a limit of the account): {where} could not be written. Free some space. {_AGAIN}")


def _of_engine(words: str) -> UserError | None:
    path = next(iter(re.findall(r'file \\?"([^"\\]+)', words)), "")
    number = next((number for name, number in _KNOWN.items() if name in words), None)
    if number is not None:
        return _of_system(number, path, os.strerror(number))
    if "Could not set lock" in words:
        return UserError(
            f"{path or 'The database'} is open for writing in another program. Close it there (or open it read-only), and try again."
        )
    return None
