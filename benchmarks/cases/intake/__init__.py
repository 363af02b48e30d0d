"""Taking answers in, beside a view that does as little as a view can."""
