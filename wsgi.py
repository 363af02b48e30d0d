"""What the HTTP server starts: `gunicorn wsgi:app`, or `flask --app wsgi …`."""

import sys

from survey import create_app
from survey.config import SettingsError

CANNOT_BOOT = 3  # gunicorn stops at this code instead of starting workers for ever

try:
    app = create_app()
except SettingsError as error:
    print(error, file=sys.stderr)
    sys.exit(CANNOT_BOOT)
