"""Sentences computed from published values, so that text and figure never disagree. French first; `locale/en/` has the English."""
