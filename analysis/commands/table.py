"""The command line: subcommands by name, and how what goes wrong is told."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from questionnaires.faults import DefinitionError

# Each module has SUMMARY, add_arguments(parser) and run(arguments), which prints and returns nothing.
COMMANDS = {
    "estimate": "analysis.commands.estimate",
    "index": "analysis.commands.index",
}


class CommandError(Exception):
    """What the person at the command line should read; they asked for something that cannot be done."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one subcommand; 0, or 2 with a sentence on standard error where it cannot be done."""
    words = sys.argv[1:] if words is None else words
    arguments = _parser(words).parse_args(words)
    try:
        arguments.run(arguments)
        sys.stdout.flush()
    except (CommandError, DefinitionError) as error:
        print(f"analysis {arguments.command}: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader closed early, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """A parser of the subcommand the words begin with, or of all: nobody waits for what they did not ask
    for.
    """
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Survey estimates from files, with the errors of the sampling design.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    begun = [name for name in words[:1] if name in COMMANDS]
    for name in begun or COMMANDS:
        module = import_module(COMMANDS[name])
        command = commands.add_parser(name, help=module.SUMMARY, description=module.SUMMARY)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser
