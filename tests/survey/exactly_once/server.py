"""A gunicorn as it runs in earnest, to be killed without warning."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flask import Flask

from survey.config import PROJECT

PATIENCE = 30  # seconds for a worker to come up on a busy machine


class Server:
    """A master and its worker; the master puts a new worker in the place of a dead one.

    The listening socket is the test's own: whoever calls while nobody is there waits and is not turned away.
    """

    def __init__(self, app: Flask, log: Path) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.log = log
        self.loaded = self.load(app)
        self.start()

    def load(self, app: Flask) -> subprocess.Popen[str]:
        settings = {
            "SECRET_KEY": app.config["SECRET_KEY"],
            "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
            "JOBS_FILE": app.config["JOBS_FILE"],
            "LOG_LEVEL": "WARNING",
        }
        number = self.listener.fileno()
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.survey.exactly_once.serving", str(number)],
                cwd=PROJECT,
                env={**os.environ, **settings},
                pass_fds=[number],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def start(self) -> None:
        print(file=self.loaded.stdin, flush=True)
        self.master = int(self.loaded.stdout.readline())

    def worker(self, other_than: int) -> int:
        """The process id of the worker that follows another one, as soon as it is there."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children")
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = [int(pid) for pid in children.read_text().split()]
            if found and found != [other_than]:
                return found[0]
            time.sleep(0.002)
        raise RuntimeError(f"no worker: {self.log.read_text()}")

    def kill_all(self) -> None:
        """Master and worker at the same moment."""
        os.killpg(self.master, signal.SIGKILL)


@contextmanager
def running(app: Flask, log: Path) -> Iterator[Server]:
    server = Server(app, log)
    try:
        yield server
    finally:
        with suppress(ProcessLookupError):
            server.kill_all()
        server.loaded.kill()
        server.loaded.wait()
        server.loaded.stdin.close()
        server.loaded.stdout.close()
        server.listener.close()
