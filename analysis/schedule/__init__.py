"""Everything that happens by itself: what is due, one unattended run after the other, and what became of each."""
