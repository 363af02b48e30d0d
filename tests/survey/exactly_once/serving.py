"""Masters of gunicorn, forked from a process that has loaded the application: each is there in an instant.

    python -m tests.survey.exactly_once.serving 5

serves from the listening socket with this number: a new master, in a process group of its own, for each line
on the standard input; its process id is the reply.
"""

from __future__ import annotations

import os
import signal
import sys

from flask import Flask
from gunicorn.app.base import BaseApplication

from wsgi import app


class Serving(BaseApplication):
    """As the Procfile starts it: one worker with eight threads."""

    def __init__(self, socket_number: int) -> None:
        self.socket_number = socket_number
        super().__init__()

    def load_config(self) -> None:
        self.cfg.set("bind", f"fd://{self.socket_number}")
        self.cfg.set("threads", 8)
        self.cfg.set("control_socket_disable", True)  # its thread and a fork may wait for each other

    def load(self) -> Flask:
        return app


def main(socket_number: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a master ended
    for _ in sys.stdin:
        master = os.fork()
        if master == 0:
            os.setsid()
            Serving(socket_number).run()
        print(master, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
