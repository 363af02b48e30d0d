"""Figures as SVG: bars with intervals, stacked levels, radar. They draw what they are given.

Labels stand above their bars, so that a figure is as narrow as a phone and long names still fit. Text is
drawn as outlines: the picture looks the same everywhere, and the same figures give the same bytes.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.projections.polar import PolarAxes

BAR_COLOUR, DARK, TRACK, GREY = "#62a5a5", "#1d2a2b", "#e4eded", "#5a6b6c"
SERIES = ("#0f6468", "#c2571a", "#5b4b9a", "#8a6d00", "#3b6ea5")
LEVELS = LinearSegmentedColormap.from_list("levels", ["#a83c32", "#e3a89b", "#dcdcdc", "#86bdb8", "#0b5257"])

WIDTH = 3.7  # inches; about 355 CSS pixels
LINE, BAR, GAP, MARGIN = 0.165, 0.15, 0.13, 0.06  # inches
LETTERS = 48  # of a label's line, with the figures at its right


def _use_fonts() -> None:
    """Be Vietnam Pro where its package is installed; DejaVu Sans, which comes with matplotlib, otherwise."""
    try:
        import fontpkg_be_vietnam_pro as package
    except ImportError:
        pass
    else:
        for style in ("Regular", "Bold"):
            font_manager.fontManager.addfont(Path(package.ROOT) / "files" / f"BeVietnamPro-{style}.ttf")
    mpl.rcParams.update(
        {
            "font.family": ["Be Vietnam Pro", "DejaVu Sans"],
            "font.size": 8,
            "svg.fonttype": "path",
            "svg.hashsalt": "hailong",
            "text.color": DARK,
        }
    )


_use_fonts()


@dataclass(frozen=True)
class Bar:
    """One bar: its label, value and interval (NaN: none), and the figures to print beside the label."""

    label: str
    value: float
    lower: float
    upper: float
    text: str


@dataclass(frozen=True)
class Stack:
    """The shares (0..1) of one item's levels, worst first, and the figure to print beside its label."""

    label: str
    shares: Sequence[float]
    text: str = ""


def bar_chart(bars: Sequence[Bar], most: float) -> bytes:
    """Horizontal bars from 0 to `most`, each with its interval."""
    figure, axes, tops = _rows([bar.label for bar in bars], [bar.text for bar in bars], most)
    for bar, top in zip(bars, tops, strict=True):
        axes.barh(top, most, BAR, align="edge", color=TRACK)
        axes.barh(top, bar.value, BAR, align="edge", color=BAR_COLOUR)
        middle = top + BAR / 2
        axes.plot([bar.lower, bar.upper], [middle, middle], color=DARK, linewidth=1.4, solid_capstyle="butt")
        axes.plot(
            [bar.lower, bar.upper], [middle, middle], "|", color=DARK, markersize=6, markeredgewidth=1.4
        )
    return _svg(figure)


def stacked_chart(stacks: Sequence[Stack], levels: Sequence[str], show: Callable[[float], str]) -> bytes:
    """Stacked shares, worst level left. `show` writes the share in a part that is wide enough for it."""
    colours = level_colours(len(levels))
    legend = _legend_height(levels)
    figure, axes, tops = _rows(
        [stack.label for stack in stacks], [stack.text for stack in stacks], 1.0, legend
    )
    for stack, top in zip(stacks, tops, strict=True):
        starts = np.concatenate([[0.0], np.cumsum(np.nan_to_num(stack.shares))])
        for start, share, colour in zip(starts, stack.shares, colours, strict=False):
            axes.barh(
                top, share, BAR, left=start, align="edge", color=colour, edgecolor="white", linewidth=0.5
            )
            if share >= 0.09:
                place = (start + share / 2, top + BAR / 2)
                axes.text(*place, show(share), ha="center", va="center", fontsize=6.5, color=_ink(colour))
    _legend(figure, levels, colours)
    return _svg(figure)


def radar_chart(axes_labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]) -> bytes:
    """A polygon of rates (0..1) per series over the axes; rings at 20, 40, 60, 80 and 100 %."""
    figure = Figure(figsize=(WIDTH, 3.1 + LINE * len(series)))
    axes = cast(PolarAxes, figure.add_axes((0.22, 0.18, 0.56, 0.68), projection="polar"))
    angles = np.linspace(0, 2 * np.pi, len(axes_labels), endpoint=False)
    axes.set_theta_offset(np.pi / 2)
    axes.set_theta_direction(-1)
    for (name, values), colour in zip(series, SERIES, strict=False):
        closed = [*values, values[0]]
        axes.plot([*angles, angles[0]], closed, color=colour, linewidth=1.6, label=name)
        axes.fill([*angles, angles[0]], closed, color=colour, alpha=0.08)
    axes.set_xticks(angles, [textwrap.fill(label, 16) for label in axes_labels], fontsize=7)
    axes.tick_params(pad=11)
    axes.set_ylim(0, 1)
    axes.set_yticks([0.2, 0.4, 0.6, 0.8, 1.0], ["20", "40", "60", "80", "100"], fontsize=6, color=GREY)
    axes.grid(color="#c9d6d6", linewidth=0.6)
    axes.spines["polar"].set_color("#c9d6d6")
    figure.legend(loc="lower center", frameon=False, fontsize=7, ncols=1)
    return _svg(figure)


def level_colours(count: int) -> list[str]:
    """A colour per level, from red for the worst to green-blue for the best."""
    return [to_hex(LEVELS(place)) for place in np.linspace(0, 1, count)]


def _rows(
    labels: Sequence[str], texts: Sequence[str], most: float, head: float = 0.0
) -> tuple[Figure, Axes, list[float]]:
    """A figure with a label above the place of each bar; the axes' y is in inches, downwards.

    Returns the tops of the bars.
    """
    wrapped = [
        textwrap.wrap(label, LETTERS - len(text)) or [""] for label, text in zip(labels, texts, strict=True)
    ]
    tops, y = [], head + MARGIN
    for lines in wrapped:
        y += LINE * len(lines)
        tops.append(y)
        y += BAR + GAP
    figure = Figure(figsize=(WIDTH, y))
    axes = figure.add_axes((0.01, 0.0, 0.98, 1.0))
    axes.set_xlim(0, most)
    axes.set_ylim(y, 0)
    axes.set_axis_off()
    for lines, text, top in zip(wrapped, texts, tops, strict=True):
        axes.text(0, top - 0.025, "\n".join(lines), va="bottom", linespacing=1.2)
        axes.text(most, top - 0.025, text, va="bottom", ha="right", weight="bold")
    return figure, axes, tops


def _legend_height(levels: Sequence[str]) -> float:
    return 0.19 * -(-len(levels) // 2) + 0.1


def _legend(figure: Figure, levels: Sequence[str], colours: Sequence[str]) -> None:
    parts = [Patch(color=colour, label=level) for level, colour in zip(levels, colours, strict=True)]
    figure.legend(
        handles=parts,
        loc="upper left",
        bbox_to_anchor=(0.0, 1.0),
        frameon=False,
        ncols=2,
        fontsize=7,
        borderaxespad=0.1,
        handlelength=1.0,
        columnspacing=1.2,
    )


def _ink(colour: str) -> str:
    """Black or white, whichever reads better on the colour (relative luminance, WCAG 2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return "black" if np.dot(linear, [0.2126, 0.7152, 0.0722]) > 0.179 else "white"


def _svg(figure: Figure) -> bytes:
    FigureCanvasSVG(figure)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return buffer.getvalue()
