"""Vocabulary as data: TOML tables whose rows carry their own examples, and their loader."""
