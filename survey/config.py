"""Settings: from the environment alone, refused at start when they cannot work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy.engine import make_url

from survey.mail_server import MailServer, read_mail_server

PROJECT = Path(__file__).resolve().parent.parent
MEGABYTE = 1024 * 1024
SHORTEST_KEY = 32  # characters


class SettingsError(RuntimeError):
    """A setting is missing or cannot work; the message says which, and what to do."""


def from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Flask's settings as the environment gives them.

    SECRET_KEY (required), DATABASE_URL, PUBLIC_URL (the address people use; https makes cookies secure),
    TRUSTED_PROXIES (how many stand in front), MAX_UPLOAD_MB, JOBS_FILE, RATELIMIT_STORAGE_URI, LOG_LEVEL;
    to send invitations by e-mail, SMTP_URL, SMTP_CA_FILE (authorities to trust besides), MAIL_FROM,
    MAIL_PER_MINUTE; for scans of paper forms, SCANS_FOLDER, SCANS_UPLOAD_MB (at a time), and SCANS_KEY, which
    encrypts them (several, parted by commas: the first encrypts).
    """
    public_url = environment.get("PUBLIC_URL", "").rstrip("/")
    is_https = public_url.startswith("https://")
    return {
        "SECRET_KEY": environment.get("SECRET_KEY"),
        "SQLALCHEMY_DATABASE_URI": environment.get("DATABASE_URL") or "sqlite:///instance/hailong.db",
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True, "hide_parameters": True},
        "PUBLIC_URL": public_url,
        "PREFERRED_URL_SCHEME": "https" if is_https else "http",
        "TRUSTED_PROXIES": whole_number(environment, "TRUSTED_PROXIES", 0),
        "SESSION_COOKIE_NAME": "hailong_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_https,
        "PERMANENT_SESSION_LIFETIME": 12 * 3600,  # seconds without a click: a working day
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: keying a pile of forms takes hours
        "WTF_CSRF_SSL_STRICT": False,  # some people's browsers send no referrer; token and SameSite suffice
        "MAX_CONTENT_LENGTH": whole_number(environment, "MAX_UPLOAD_MB", 4) * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "JOBS_FILE": environment.get("JOBS_FILE") or str(PROJECT / "instance" / "jobs.db"),
        "JOBS_IMMEDIATE": False,
        "RATELIMIT_STORAGE_URI": environment.get("RATELIMIT_STORAGE_URI") or "memory://",
        "SMTP_URL": environment.get("SMTP_URL", ""),
        "SMTP_CA_FILE": environment.get("SMTP_CA_FILE", ""),
        "MAIL_FROM": environment.get("MAIL_FROM", ""),
        "MAIL_PER_MINUTE": whole_number(environment, "MAIL_PER_MINUTE", 60),
        "SCANS_FOLDER": environment.get("SCANS_FOLDER") or str(PROJECT / "instance" / "scans"),
        "SCANS_KEYS": [key for key in environment.get("SCANS_KEY", "").replace(" ", "").split(",") if key],
        "SCANS_UPLOAD_MB": whole_number(environment, "SCANS_UPLOAD_MB", 200),
        "LOG_LEVEL": environment.get("LOG_LEVEL", "INFO").upper(),
    }


def whole_number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "")
    if text and not text.isdecimal():
        raise SettingsError(f"{name} must be a whole number, not '{text}'.")
    return int(text) if text else default


def checked(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings, the database's address complete, the mail server read, the folders there.

    Raises SettingsError.
    """
    key = settings["SECRET_KEY"] or ""
    if len(key) < SHORTEST_KEY:
        raise SettingsError(
            f"SECRET_KEY is missing or shorter than {SHORTEST_KEY} characters. "
            "It signs every session. Make one with\n"
            "  python3 -c 'import secrets; print(secrets.token_hex(32))'\n"
            "and set it in the environment; keep it secret, and keep it: a new one signs everybody out."
        )
    require_fernet_keys(settings["SCANS_KEYS"])
    Path(settings["JOBS_FILE"]).parent.mkdir(parents=True, exist_ok=True)
    return {
        **settings,
        "SQLALCHEMY_DATABASE_URI": database_url(settings["SQLALCHEMY_DATABASE_URI"]),
        "MAIL_SERVER": mail_server(settings),
    }


def require_fernet_keys(keys: Sequence[str]) -> None:
    try:
        for key in keys:
            Fernet(key)
    except ValueError:
        raise SettingsError(
            "SCANS_KEY is no key. It encrypts the scans of paper forms. Make one with\n"
            "  python3 -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'\n"
            "and keep it: without it no encrypted scan can be read again."
        ) from None


def mail_server(settings: dict[str, Any]) -> MailServer | None:
    if settings["SMTP_URL"] and not settings["PUBLIC_URL"]:
        raise SettingsError("SMTP_URL needs PUBLIC_URL too: the links in e-mails begin with it.")
    try:
        return read_mail_server(
            settings["SMTP_URL"],
            settings["MAIL_FROM"],
            settings["MAIL_PER_MINUTE"],
            settings["SMTP_CA_FILE"],
        )
    except ValueError as error:
        raise SettingsError(str(error)) from None


def database_url(text: str) -> str:
    """The URL as SQLAlchemy needs it: PostgreSQL by psycopg 3, SQLite files in the project's folder."""
    url = make_url(text)
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        file = PROJECT / url.database
        file.parent.mkdir(parents=True, exist_ok=True)
        url = url.set(database=str(file))
    return url.render_as_string(hide_password=False)
