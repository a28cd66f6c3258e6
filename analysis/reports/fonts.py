"""Source Sans Pro (SIL Open Font License), which pip installs: one typeface for print, web and charts, on every machine the same bytes."""

from pathlib import Path

import font_source_sans_pro

FAMILY = "Source Sans Pro"


def font_folder() -> Path:
    """The folder of the font files."""
    return Path(font_source_sans_pro.font_directory)
