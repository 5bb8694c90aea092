"""From mentions to candidates: one figure and its slots, or a rejection with a reason."""
