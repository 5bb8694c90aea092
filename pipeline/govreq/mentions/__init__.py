"""From an article to sentences with typed, valued spans."""
