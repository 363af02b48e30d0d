"""`python -m analysis`: one file a subcommand."""
