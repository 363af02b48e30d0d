"""A tablet at a desk: set up once, then one person after the other, and nothing of the one before."""
