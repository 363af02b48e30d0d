"""`python -m analysis`: estimates from files, without the web application."""

import sys

from analysis.command import main

if __name__ == "__main__":
    sys.exit(main())
