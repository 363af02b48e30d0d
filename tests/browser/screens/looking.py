"""What every screen must keep to, on a telephone and on a wide screen; and its picture."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page

from survey.page import PRODUCT
from tests.browser.conftest import RULES

TELEPHONE, WIDE = 360, 1280
HEIGHTS = {TELEPHONE: 740, WIDE: 900}
SMALLEST_TARGET = 44  # pixels; axe sees to the 24 that WCAG 2.2 asks of everything else
TOUCHED = ".govuk-button, .app-link-button, .app-choice__label, select, summary, input[type=text], textarea"
SHOWN_WIDE = {"start", "section", "matrix", "sitting-matrix", "sitting-check", "check", "thanks", "landing"}
# A browser that keeps nothing of a person knows their language neither, and speaks the first one.
LANGUAGE_UNKNOWN = {"offline-nothing-kept"}
COLOURS = 16
LONGEST_PICTURE = 2000  # pixels
MARKS = re.compile(r"[ăâđêôơưạảãàáằắẳẵặầấẩẫậẹẻẽèéềếểễệịỉĩìíọỏõòóồốổỗộờớởỡợụủũùúừứửữựỵỷỹỳý]", re.IGNORECASE)
FACTS = """([touched, least]) => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const shown = (selector) => all(selector).filter((one) => one.checkVisibility());
    const isSmall = ({ width, height }) => Math.min(width, height) < least;
    return {
        lang: document.documentElement.lang,
        title: document.title,
        headings: shown("h1").map((one) => one.innerText),
        faulty: shown(".govuk-error-summary").length > 0,
        width: document.documentElement.scrollWidth,
        small: shown(touched)
            .filter((one) => !one.closest("[aria-hidden=true]") && isSmall(one.getBoundingClientRect()))
            .map((one) => one.outerHTML.slice(0, 120)),
    };
}"""
AXE = "(options) => axe.run(document, options)"


@dataclass(frozen=True)
class Looker:
    """Says what is wrong with screens in one language; pictures go to `folder`, where one is named."""

    language: str
    folder: Path | None

    def faults(self, name: str, page: Page) -> list[str]:
        """What breaks a rule on this screen, each with the screen's name."""
        page.evaluate(Axe().axe_script)
        found = []
        for width, height in HEIGHTS.items():
            page.set_viewport_size({"width": width, "height": height})
            facts = page.evaluate(FACTS, [TOUCHED, SMALLEST_TARGET])
            found += [
                *wrong_words(name, facts, self.language),
                *wrong_sizes(facts, width),
                *broken_rules(page),
            ]
            self.keep_picture(name, page, width)
        return [f"{name} ({self.language}, {page.url}): {fault}" for fault in dict.fromkeys(found)]

    def keep_picture(self, name: str, page: Page, width: int) -> None:
        """Vietnamese on a telephone; some wide too."""
        if self.folder is None or self.language != "vi" or (width == WIDE and name not in SHOWN_WIDE):
            return
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
        picture = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, LONGEST_PICTURE)))
        suffix = "-wide" if width == WIDE else ""
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(
            self.folder / f"{name}{suffix}.png", optimize=True
        )


def wrong_words(name: str, facts: dict[str, Any], language: str) -> list[str]:
    """A page names its language, is titled, says “error” first where it has one, and speaks one language."""
    language = "vi" if name in LANGUAGE_UNKNOWN else language
    title, _, product = facts["title"].rpartition(" – ")
    says_error = title.startswith({"vi": "Lỗi: ", "en": "Error: "}[language])
    heading = facts["headings"][0] if facts["headings"] else ""
    rules = {
        f"its language is {facts['lang']!r}": facts["lang"] == language,
        f"its title is {facts['title']!r}": bool(title) and product == PRODUCT,
        f"with faults or without, its title is {facts['title']!r}": says_error == facts["faulty"],
        f"its first headings are {facts['headings']}": len(facts["headings"]) == 1,
        f"it is headed {heading!r}": bool(MARKS.search(heading)) == (language == "vi"),
    }
    return [sentence for sentence, is_kept in rules.items() if not is_kept]


def wrong_sizes(facts: dict[str, Any], width: int) -> list[str]:
    too_wide = [f"it is {facts['width']} wide on {width}"] if facts["width"] > width else []
    too_small = facts["small"] if width == TELEPHONE else []
    return too_wide + [f"too small to touch: {html}" for html in too_small]


def broken_rules(page: Page) -> list[str]:
    result = page.evaluate(AXE, RULES)
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in result["violations"]]
