"""How much memory a process has held at most, on Linux measured from a moment of one's choice."""

from __future__ import annotations

import resource
from pathlib import Path

_CLEAR, _STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


def start_over() -> None:
    """Forget the peak so far, where the system can."""
    try:
        _CLEAR.write_text("5")
    except OSError:  # elsewhere the peak stays that of the whole process
        return


def peak() -> float:
    """Megabytes held at most."""
    return _status("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def held() -> float:
    """Megabytes held now, or at most where the system does not tell."""
    return _status("VmRSS") or peak()


def _status(name: str) -> float:
    if not _STATUS.exists():
        return 0.0
    lines = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines() if ":" in line)
    return int(lines[name].split()[0]) / 1024 if name in lines else 0.0
