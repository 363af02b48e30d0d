"""What the HTTP server starts: `gunicorn wsgi:app`, or `flask --app wsgi …`."""

import sys

from survey import create_app
from survey.config import SettingsError

try:
    app = create_app()
except SettingsError as error:
    sys.exit(str(error))
