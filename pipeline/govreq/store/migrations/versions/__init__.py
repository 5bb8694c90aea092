"""The migrations, one file each, every one on top of the one that it names."""
