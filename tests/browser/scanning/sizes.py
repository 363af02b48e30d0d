"""Screens that scans are looked at on, and how large the paper is to be seen there."""

from __future__ import annotations

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
LEGIBLE = 4.0
"""Pixels of the screen for a millimetre of the paper: a handwritten digit is as large as the text around."""
SEEN = 3.0
"""As much for a box: whether it is filled."""
