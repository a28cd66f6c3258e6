"""The town's logo, for the cover of a dossier: an SVG or a PNG that `cartable.toml` names, read and checked before it is drawn."""

import base64
import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from analysis.errors import UserError
from analysis.reports.escaping import clean_svg, typst_string

KINDS = frozenset({"dossier"})  # of reports that bear it
_MOST_BYTES = 300_000  # it is copied into every dossier
_PNG = b"\x89PNG\r\n\x1a\n"
# what would reach out of the drawing, or hide more than a drawing in it
_FOREIGN = re.compile(r"<!ENTITY|<foreignObject|<script|\bon\w+\s*=|href\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)|@import", re.IGNORECASE)


@dataclass(frozen=True)
class Logo:
    """A logo that may be drawn: `content` is an SVG without prologue or comments, or a PNG without texts; `form` is `svg` or `png`."""

    content: bytes
    form: str

    @property
    def typst(self) -> str:
        """The logo as an argument of Typst's `image`."""
        written = typst_string(self.content.decode()) if self.form == "svg" else f"({', '.join(map(str, self.content))})"
        return f"bytes({written})"

    @property
    def address(self) -> str:
        """The logo as an address of `<img>`: no request leaves, and nothing in it is run."""
        kind = "svg+xml" if self.form == "svg" else "png"
        return f"data:image/{kind};base64,{base64.b64encode(self.content).decode()}"

    @property
    def sha256(self) -> str:
        """The fingerprint of what is drawn."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def prints(self) -> frozenset[str]:
        """SHA-256 by which the logo is recognised in a report: of the file in a page, of its colours and of its transparency in a PDF."""
        if self.form == "svg":
            return frozenset({self.sha256})  # a PDF has its lines, which are read
        with Image.open(io.BytesIO(self.content)) as picture:
            whole = picture.convert("RGBA")
        parts = [self.content, whole.convert("RGB").tobytes(), *([] if _is_opaque(whole) else [whole.getchannel("A").tobytes()])]
        return frozenset(hashlib.sha256(part).hexdigest() for part in parts)


def read_logo(path: Path | None) -> Logo | None:
    """The logo at `path`; None where none is configured. Raises UserError for a file that is missing, too large, or no safe SVG or PNG."""
    if path is None:
        return None
    if not path.is_file():
        raise UserError(f"cartable.toml, logo: there is no file {path.name}. Name an SVG or a PNG, or leave the key out.")
    content = path.read_bytes()
    if len(content) > _MOST_BYTES:
        raise UserError(f"cartable.toml, logo: {path.name} is larger than {_MOST_BYTES // 1000} kB. Save it smaller.")
    if content.startswith(_PNG):
        return Logo(_redrawn(content, path.name), "png")
    return Logo(_drawing(content, path.name).encode(), "svg")


def _redrawn(content: bytes, name: str) -> bytes:
    """The same points in a plain PNG: without the texts that a camera or an editor leaves in one."""
    written = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            whole = picture.convert("RGBA")
        (whole.convert("RGB") if _is_opaque(whole) else whole).save(written, "PNG")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise UserError(f"cartable.toml, logo: {name} is a broken PNG. Save it again.") from None
    return written.getvalue()


def _is_opaque(picture: Image.Image) -> bool:
    """A mask that hides nothing would be the same in every picture of that size."""
    return picture.getchannel("A").getextrema() == (255, 255)


def _drawing(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
        drawing = clean_svg(text)
    except ValueError:
        raise UserError(f"cartable.toml, logo: {name} is neither an SVG nor a PNG. Save it as one of them.") from None
    if _FOREIGN.search(text):
        raise UserError(f"cartable.toml, logo: {name} holds a script, a link or another file. Save it as a plain SVG.")
    return drawing
