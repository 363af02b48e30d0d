"""A folder of definitions shipped as TOML files inside a package."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from questionnaires.codes import near_name


def names(package: str) -> tuple[str, ...]:
    """The names of the definitions in a package, in alphabetical order."""
    entries = (entry.name for entry in files(package).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in entries if name.endswith(".toml")))


def source(package: str, name: str) -> dict[str, Any]:
    """A definition as it is written; raises LookupError where there is none of that name."""
    shipped = names(package)
    if name not in shipped:
        raise LookupError(f"no definition {name!r} is shipped; did you mean {near_name(name, shipped)!r}?")
    return tomllib.loads(files(package).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
