"""Printed pages filled in by people whose answers are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from questionnaires.paper.layout import Layout
from tests.degraded.people import Hand, Meant, any_pen


@dataclass(frozen=True)
class FilledPage:
    """`hands`: item → the name of how it was filled in; `meant`: item → what that means."""

    image: np.ndarray
    hands: Mapping[str, str]
    meant: Mapping[str, Meant]


def filled_page(
    page: np.ndarray, layout: Layout, number: int, hands: Mapping[str, Hand], random: np.random.Generator
) -> FilledPage:
    """Form page `number` of `layout`, printed as `page`, each item filled in by one of the hands. A person
    keeps one pen for a page.
    """
    image, pen, names = page.copy(), any_pen(random), list(hands)
    boxes = [box for box in layout.boxes if box.place.page == number]
    chosen, meant = {}, {}
    for item in dict.fromkeys(box.item for box in boxes):
        own = [box for box in boxes if box.item == item]
        fitting = names if len(own) > 1 and not own[0].rank else names[:1]
        chosen[item] = fitting[random.integers(len(fitting))]
        meant[item] = hands[chosen[item]](image, own, pen, random)
    return FilledPage(image, chosen, meant)
