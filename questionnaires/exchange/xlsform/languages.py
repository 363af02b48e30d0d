"""Languages as the headings of an XLSForm name them: “Tiếng Việt (vi)”."""

from __future__ import annotations

import re

from questionnaires.codes import LANGUAGE
from questionnaires.text import fold

NAMES = {
    "vi": "Tiếng Việt",
    "en": "English",
    "ar": "العربية",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "hi": "हिन्दी",
    "id": "Bahasa Indonesia",
    "ja": "日本語",
    "km": "ភាសាខ្មែរ",
    "ko": "한국어",
    "lo": "ລາວ",
    "pt": "Português",
    "ru": "Русский",
    "th": "ไทย",
    "zh": "中文",
}
ENGLISH_NAMES = {
    "vietnamese": "vi",
    "arabic": "ar",
    "bengali": "bn",
    "burmese": "my",
    "chinese": "zh",
    "dutch": "nl",
    "french": "fr",
    "german": "de",
    "hindi": "hi",
    "indonesian": "id",
    "italian": "it",
    "japanese": "ja",
    "khmer": "km",
    "korean": "ko",
    "lao": "lo",
    "macedonian": "mk",
    "malay": "ms",
    "nepali": "ne",
    "persian": "fa",
    "polish": "pl",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "swahili": "sw",
    "thai": "th",
    "turkish": "tr",
    "ukrainian": "uk",
    "urdu": "ur",
}
CODES = {fold(name): code for code, name in NAMES.items()} | ENGLISH_NAMES
CODE_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3})(?:[-_]\w+)*\s*\)$")


def language_of(written: str) -> str | None:
    """The code of a language written “English (en)”, “English” or “en”; None for a name nobody knows."""
    if found := CODE_IN_BRACKETS.search(written.strip()):
        return found[1].lower()
    name = fold(written)
    return CODES.get(name) or (name if LANGUAGE.fits(name) else None)


def written_language(code: str) -> str:
    """How a heading names the language."""
    return f"{NAMES.get(code, code)} ({code})"
