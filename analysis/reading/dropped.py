"""What lies in `data/raw`: every file, oldest first, known by what is in it."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from analysis.errors import UserError
from analysis.files import sha256_of
from analysis.foreign_text import file_name

_UNFINISHED = (".part", ".tmp", ".crdownload", ".download", ".filepart")  # what browsers and copying programs call a file that still grows
_DTD = ".dtd"  # says what elements an XML may have: no data


@dataclass(frozen=True)
class Dropped:
    """A file as it stands in `data/raw`: its name as users know it, on one line, its path, its SHA-256, and its fault if it has one.

    `place`: where it stands, so that a newer file there takes its place: below the raw folder, which may move to another machine, or,
    outside of it, on this one.
    """

    name: str
    place: str
    path: Path
    sha: str
    fault: str = ""


def find_dropped(paths: list[Path], base: Path) -> list[Dropped]:
    """Every file at or below `paths`, oldest first (a newer roster replaces an older one).

    Hidden files, READMEs and unfinished downloads are left out. A link below a folder that leads out of it, and a file that changes
    while it is read, come with their fault. Raises UserError for a path that does not exist.
    """
    found: dict[Path, Path] = {}  # the file, and the folder below which it was found
    for path in paths:
        if not path.exists():
            raise UserError(f"{path}: no such file or folder. Give the path of an export, or drop it in {base}.")
        inside = [p for p in sorted(path.rglob("*")) if p.is_file() or p.is_symlink()] if path.is_dir() else [path]
        found |= {p: path for p in inside if p not in found and not is_aside(p) and not _is_hidden(p, path)}
    ordered = sorted(found, key=lambda p: (p.lstat().st_mtime_ns, p.as_posix()))
    return [_dropped(p, found[p], base) for p in ordered if not (p.is_symlink() and p.is_dir())]


def is_aside(path: Path) -> bool:
    """Whether a file is none of the exports: hidden, a README, the DTD of an XML, or still being written by the program that makes it."""
    return path.name.startswith(".") or path.stem.upper() in ("README", "LISEZMOI") or path.suffix.lower() in {*_UNFINISHED, _DTD}


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _dropped(path: Path, folder: Path, base: Path) -> Dropped:
    if path.is_symlink() and not path.is_file():
        return _unread(path, base, "a link that leads nowhere. Put the file itself here.")
    if path.is_symlink() and folder.is_dir() and not path.resolve().is_relative_to(folder.resolve()):
        return _unread(path, base, "a link that leads out of the folder. Put the file itself here, or name its path on the command line.")
    try:
        before = path.stat()
        sha = sha256_of(path)
        after = path.stat()
    except OSError as error:
        return _unread(path, base, f"cannot be opened ({error.strerror}). Give your account the right to read it.")
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return _unread(path, base, "still being written. Run this again when it is whole.")
    return Dropped(_shown_name(path, base), _place(path, base), path, sha)


def _unread(path: Path, base: Path, fault: str) -> Dropped:
    name = _shown_name(path, base)
    return Dropped(name, _place(path, base), path, sha256(f"{name} {fault}".encode()).hexdigest(), f"{name}: {fault}")


def _shown_name(path: Path, base: Path) -> str:
    place = Path(_place(path, base))
    return file_name(place.name if place.is_absolute() else place.as_posix())


def _place(path: Path, base: Path) -> str:
    # of a link, its own name and not that of its target
    whole, folder = path.parent.resolve() / path.name, base.resolve()
    return (whole.relative_to(folder) if whole.is_relative_to(folder) else whole).as_posix()
