"""What is asked, and what it counts for: pure data and pure functions."""
