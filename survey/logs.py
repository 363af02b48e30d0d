"""Logs as JSON lines. They say what happened to which page, never who did it or what was answered."""

from __future__ import annotations

import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request

SHARED = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
REQUESTS = "survey.requests"
log = structlog.get_logger(REQUESTS)


def start_clock() -> None:
    g.started = time.perf_counter()


def log_request(response: Response) -> Response:
    """The route, not the address: an address may hold a personal code."""
    if request.endpoint != "static" and logging.getLogger(REQUESTS).isEnabledFor(logging.INFO):
        route = request.url_rule.rule if request.url_rule else None
        log.info(
            "request",
            method=request.method,
            route=route,
            status=response.status_code,
            milliseconds=round(1000 * (time.perf_counter() - g.started), 1) if "started" in g else None,
        )
    return response


def write_to_standard_error(level: str) -> None:
    """This process's logs, those of the libraries included."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # a start is no news


def init_app(app: Flask) -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,  # what nobody reads is not put together
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    if not app.testing:  # tests listen for themselves
        write_to_standard_error(app.config["LOG_LEVEL"])
    app.before_request(start_clock)
    app.after_request(log_request)
