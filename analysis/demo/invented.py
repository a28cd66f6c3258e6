"""What marks the demonstration as invented: a department code that no school has. It never stands among somebody's own exports."""

from pathlib import Path

from analysis.errors import UserError

INVENTED_DEPARTMENT = "998"
_DEMONSTRATION = f"{INVENTED_DEPARTMENT}0"  # the twelve schools; those of a stand-in have numbers from 5001 on
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # 23 letters: without I, O, Q


def is_invented(uai: str) -> bool:
    """Whether the school code `uai` belongs to the demonstration and to no real school."""
    return uai.startswith(INVENTED_DEPARTMENT)


def invented_uai(number: int) -> str:
    """The code of the invented school `number` (1 to 9999), with the check letter that the national register would give it."""
    digits = f"{INVENTED_DEPARTMENT}{number:04d}"
    return digits + _LETTERS[int(digits) % len(_LETTERS)]


def refuse_own_exports(raw: Path) -> None:
    """Raises UserError where `raw` holds exports, a stand-in's too, and the demonstration is not among them."""
    schools = raw / "rosters" / "schools.csv"
    is_there = schools.is_file() and f"\n{_DEMONSTRATION}" in schools.read_text(encoding="utf-8", errors="replace")
    if not is_there and exports_in(raw):
        raise UserError(
            f"{raw} holds exports that are not the demonstration's, and the two must not mix: nothing was written. "
            "`make reports` makes reports on your exports. To see the demonstration beside them, copy cartable.toml to "
            'demonstration.toml, write data_dir = "demonstration/data" and reports_dir = "demonstration/reports" in it, '
            "then `make demo CONFIG=demonstration.toml`."
        )


def refuse_any_exports(raw: Path) -> None:
    """Raises UserError where `raw` holds any export: a stand-in has other schools than what may stand there, invented or not."""
    if exports_in(raw):
        raise UserError(
            f"{raw} holds exports already, and a stand-in must not mix with them: nothing was written. Give an empty folder (--out)."
        )


def exports_in(raw: Path) -> list[str]:
    """The files below `raw`, hidden ones apart, as paths relative to it, in order."""
    files = sorted(path for path in raw.rglob("*") if path.is_file()) if raw.is_dir() else []
    return [path.relative_to(raw).as_posix() for path in files if not path.name.startswith(".")]
