"""From the bytes of a page to one clean text with blocks."""
