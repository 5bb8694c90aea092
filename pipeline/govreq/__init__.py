"""Structured records of government demands to companies, out of saved articles."""
