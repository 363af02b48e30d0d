"""`python -m analysis`: estimates from files, without the web application."""

import sys

from analysis.commands.table import main

if __name__ == "__main__":
    sys.exit(main())
