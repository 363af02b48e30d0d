"""How sure a place in a ranking is, when the index behind it carries sampling error."""
