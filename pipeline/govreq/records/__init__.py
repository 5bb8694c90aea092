"""From candidates to validated records."""
