"""One module per family of R's functions; each registers the checks it answers for."""
