"""From answers to points: rules, sub-scores, the index, bands and ranks."""
