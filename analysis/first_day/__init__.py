"""`cartable init`: what is asked on the first day, the configuration that is written, the machine that is looked at."""
