"""Which class of device a browser says it runs on, from the few words that tell them apart."""

from __future__ import annotations

import re

DEVICES = ("phone", "tablet", "desktop")
# The first that fits. Tablets with Android leave out “Mobile”; newer iPads call themselves desktops.
SIGNS = (
    ("tablet", re.compile(r"ipad|tablet|kindle|silk/|android(?!.*mobi)", re.I)),
    ("phone", re.compile(r"mobi|iphone|ipod|android|opera mini|windows phone", re.I)),
)


def device_of(user_agent: str) -> str:
    return next((device for device, sign in SIGNS if sign.search(user_agent)), "desktop")
