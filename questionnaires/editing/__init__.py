"""Edits of drafts: pure functions from one plain definition to the next, which name what they cannot do."""
