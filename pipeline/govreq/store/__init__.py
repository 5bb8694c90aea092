"""Records out of memory: databases and files."""
