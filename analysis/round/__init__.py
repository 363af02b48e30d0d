"""One round from its inputs to its tables, in memory and as files."""
