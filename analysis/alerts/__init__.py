"""What a town would want to hear of without opening a report: one SQL file for each alert, of published figures of whole schools alone."""
