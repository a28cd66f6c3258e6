"""What is handed over after a run: by mail, into folders of a file share, and as a feed; each delivery is recorded, none made twice."""
