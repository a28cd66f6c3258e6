"""What a page of the built documentation would load from elsewhere: `python deploy/site.py build/site` names it and ends with 1.

Whoever reads the documents of a school's data tells no third party so: no font, script, picture or style comes from another machine.
"""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

_LOADS = {"src", "srcset", "poster", "data", "background"}  # attributes that a browser follows by itself, whatever the tag
_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest", "apple-touch-icon"}
_AWAY = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_STYLE = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s;]+)", re.IGNORECASE)


def elsewhere(folder: Path) -> list[str]:
    """`page: address` for each thing that a page or a style sheet below `folder` loads from another machine, in order."""
    found = [f"{path.relative_to(folder)}: {address}" for path in folder.rglob("*.html") for address in _of_page(path)]
    found += [f"{path.relative_to(folder)}: {address}" for path in folder.rglob("*.css") for address in _of_style(path.read_text("utf-8"))]
    return sorted(found)


def _of_page(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    reader = _Reader()
    reader.feed(text)
    yield from reader.found
    for block, inline in re.findall(r"<style[^>]*>(.*?)</style>|\sstyle=\"([^\"]*)\"", text, re.DOTALL | re.IGNORECASE):
        yield from _of_style(block or inline)


def _of_style(text: str) -> Iterator[str]:
    yield from _STYLE.findall(text)


class _Reader(HTMLParser):
    """Addresses of what the tags of a page load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        loaded = [given[name] for name in _LOADS & given.keys()]
        if tag == "link" and _LINKS & set(given.get("rel", "").lower().split()):
            loaded.append(given.get("href", ""))
        self.found += [address for address in loaded if _AWAY.match(address.strip())]


def main() -> None:
    """Ends with 1 and the list where a page of the folder loads anything from elsewhere."""
    found = elsewhere(Path(sys.argv[1]))
    if found:
        sys.exit("These pages load something from another machine:\n" + "\n".join(found))


if __name__ == "__main__":
    main()
