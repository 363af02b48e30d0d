"""The questions, page by page: what a page shows, what it sent, where it leads."""
