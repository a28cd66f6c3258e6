"""What `make demo` begins with: the invented exports in the raw folder, once, and never among somebody's own exports.

    python deploy/demonstration.py [OPTION OF `cartable demo` ...]

Whoever wants both gives the demonstration a folder of its own, by a second configuration file.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from analysis.config import load_config
from analysis.demo.invented import INVENTED_DEPARTMENT
from analysis.errors import UserError

LIST = ".demonstration"  # beside the exports: the names of those written; the ingest passes over hidden files
CODE = Path(__file__).parents[1] / "analysis" / "demo"


def stands(raw: Path) -> bool:
    """Whether every invented export that was written to `raw` is there still, as the code of today writes it."""
    written = raw / LIST
    if not written.is_file() or any(path.stat().st_mtime > written.stat().st_mtime for path in CODE.glob("*.py")):
        return False
    return all((raw / name).is_file() for name in written.read_text(encoding="utf-8").splitlines())


def refuse_own_exports(raw: Path) -> None:
    """Raises UserError where `raw` holds exports and the demonstration is not among them."""
    schools = raw / "rosters" / "schools.csv"
    is_invented = schools.is_file() and f"\n{INVENTED_DEPARTMENT}" in schools.read_text(encoding="utf-8", errors="replace")
    if not is_invented and _exports(raw):
        raise UserError(
            f"{raw} holds exports that are not the demonstration's, and the two must not mix: nothing was written. "
            "`make reports` makes reports on your exports. To see the demonstration beside them, copy cartable.toml to "
            'demonstration.toml, write data_dir = "demonstration/data" and reports_dir = "demonstration/reports" in it, '
            "then `make demo CONFIG=demonstration.toml`."
        )


def main() -> None:
    """Writes the demonstration unless it stands already."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--config", type=Path)
    try:
        raw = load_config(parser.parse_known_args()[0].config).raw_dir
        refuse_own_exports(raw)
    except UserError as error:
        print(f"cartable: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    if stands(raw):
        print(f"The invented exports are in {raw} already.")
        return
    done = subprocess.run([Path(sys.executable).with_name("cartable"), "demo", *sys.argv[1:]])
    if done.returncode:
        sys.exit(done.returncode)
    (raw / LIST).write_text("".join(f"{name}\n" for name in _exports(raw)), encoding="utf-8")


def _exports(raw: Path) -> list[str]:
    files = sorted(path for path in raw.rglob("*") if path.is_file()) if raw.is_dir() else []
    return [path.relative_to(raw).as_posix() for path in files if not path.name.startswith(".")]


if __name__ == "__main__":
    main()
