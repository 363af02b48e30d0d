"""The two databases as they are used in earnest: both wait for the disk before a row counts as stored."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'measured.db'}"


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A server of its own, with the settings PostgreSQL ships, behind a socket in the folder."""
    folder.chmod(0o755)
    home = folder / "postgresql"
    home.mkdir()
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    data, options = home / "data", f"-c listen_addresses= -c unix_socket_directories={home}"
    program("initdb", "-D", data, "--username=measured", "--auth=trust", "--encoding=UTF8", "--no-locale")
    program("pg_ctl", "start", "-w", "-D", data, "-l", home / "log", "-o", options)
    try:
        yield f"postgresql+psycopg://measured@/postgres?host={home}"
    finally:
        program("pg_ctl", "stop", "-D", data, "-m", "immediate")


def program(name: str, *arguments: str | Path) -> None:
    """Run a program of the server, which refuses to work for root."""
    found = shutil.which(name) or str(max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}")))
    drop_root = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*drop_root, found, *arguments], cwd="/", check=True, stdout=subprocess.DEVNULL)


DATABASES = {"sqlite": sqlite, "postgresql": postgresql}
