"""What `make demo` begins with: the invented exports in the raw folder, once, and never among somebody's own exports.

    python deploy/demonstration.py [OPTION OF `cartable demo` ...]

Whoever wants both gives the demonstration a folder of its own, by a second configuration file.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from analysis.config import load_config
from analysis.demo.invented import exports_in, refuse_own_exports
from analysis.errors import UserError

LIST = ".demonstration"  # beside the exports: the names of those written; the ingest passes over hidden files
CODE = Path(__file__).parents[1] / "analysis" / "demo"


def stands(raw: Path) -> bool:
    """Whether every invented export that was written to `raw` is there still, as the code of today writes it."""
    written = raw / LIST
    if not written.is_file() or any(path.stat().st_mtime > written.stat().st_mtime for path in CODE.glob("*.py")):
        return False
    return all((raw / name).is_file() for name in written.read_text(encoding="utf-8").splitlines())


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
    (raw / LIST).write_text("".join(f"{name}\n" for name in exports_in(raw)), encoding="utf-8")


if __name__ == "__main__":
    main()
