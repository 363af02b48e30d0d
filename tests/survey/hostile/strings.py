"""Texts that hurt careless programs, each with what is meant by it: what is stored, in NFC, or read.

A string of one field is `raw`; a field of several lines keeps `lines`, a field of one line keeps `line`. A
field for a number reads `number`; where that is None, the text is no number and is refused in words.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Hostile:
    name: str
    raw: str
    lines: str
    line: str
    number: int | None = None


def meant(name: str, raw: str, lines: str | None = None, line: str | None = None, **read: int) -> Hostile:
    """A string kept as it is typed, unless said otherwise."""
    lines = raw if lines is None else lines
    return Hostile(name, raw, lines, lines if line is None else line, **read)


OVERRIDE, ISOLATE, END = "\u202e", "\u2067", "\u202c"
NAME = "Nguyễn Thị Đường ở Ứng Hoà"
FAMILY = "👩🏽‍👩🏿‍👧🏻‍👦"
ZALGO = "Z" + "\u0301\u0323\u0337" * 8 + "a" + "\u0310\u0332" * 10

STRINGS = (
    # Scripts and handlers
    meant("script", "<script>alert(1)</script>"),
    meant("end of a script", '"}</script><script>alert(1)</script>'),
    meant("handler", "\"><img src=x onerror='alert(1)'>"),
    meant("attribute", "' onfocus=alert(1) autofocus x='"),
    meant("style", "</textarea><style>*{display:none}</style>"),
    meant("javascript address", "javascript:alert(1)"),
    meant("comment", "<!-- --!> ]]> <![CDATA["),
    meant("entities", "&lt;script&gt; &amp;amp; &#x3C;b&#62; &nbsp;"),
    # Languages of templates, formats, databases, shells
    meant("jinja", "{{7*7}} {% raw %} {#  #}"),
    meant("percent names", "%(x)s %(raw)s %s %d %%"),
    meant("braces", "{0} {x!r} ${7*7} #{7*7} <%= 7*7 %>"),
    meant("sql", "'; DROP TABLE response; --"),
    meant("sql or", '" OR 1=1 /* ` */'),
    meant("backslashes", "\\ \\n \\u0041 \\\\ \\'"),
    meant("path", "../../../../etc/passwd"),
    meant("windows path", "..\\..\\CON"),
    meant("shell", "$(reboot) `reboot` | reboot & ;"),
    meant(
        "header",
        "a\r\nBcc: all@example.vn\r\n\r\nb",
        "a\nBcc: all@example.vn\n\nb",
        "a Bcc: all@example.vn b",
    ),
    # Spreadsheets
    meant("formula =", '=HYPERLINK("http://example.vn","x")'),
    meant("formula +", "+1+cmd|' /C calc'!A0"),
    meant("formula -", "-2+3+cmd|' /C calc'!A0"),
    meant("formula @", "@SUM(1+1)"),
    meant("formula after tab", "\t=1+1", "=1+1"),
    meant("formula after cr", "\r=1+1", "=1+1"),
    meant("formula full width", "＝1+1"),
    # Numbers that are none, or too many
    meant("nan", "NaN"),
    meant("infinity", "Infinity"),
    meant("minus infinity", "-inf"),
    meant("1e309", "1e309"),
    meant("hexadecimal", "0x1F"),
    meant("long digits", "9" * 400),
    meant("full-width digits", "１２", number=12),
    meant("arabic digits", "١٢"),
    meant("superscript", "²"),
    # Controls and halves
    meant("escape", "a\x1b[31mb\x07c\x08", "a[31mbc"),
    meant("vertical tab", "a\x0bb\x0cc\x1cd\x85e", "abcde"),
    meant("non-characters", "a\ufffe\uffff\ufdd0b", "ab"),
    meant("byte order mark", "\ufeffabc\ufeff", "abc"),
    meant("line separators", "a\u2028b\u2029c\rd", "a\nb\nc\nd", "a b c d"),
    meant("tab", "a\tb", "a\tb", "a b"),
    meant("nothing but controls", "\x01\x02\x7f", ""),
    meant("nothing but blanks", " \u00a0\u3000\t\r\n", ""),
    # Direction
    meant("override", f"{OVERRIDE}cod.exe", "cod.exe"),
    meant("isolates", f"{ISOLATE}a\u202bb\u2066c{END}", "abc"),
    meant("direction marks", "a\u200eb\u200fc\u061cd"),
    meant("hebrew and arabic", "שלום 123 مرحبا"),
    # Signs of several parts
    meant("decomposed", unicodedata.normalize("NFD", NAME), NAME),
    meant("look-alikes", "ﬁ Ⅻ ｓｃｒｉｐｔ ℌ ＜ſcript＞"),
    meant("cyrillic look-alikes", "раураl"),
    meant("emoji", f"👍🏿 {FAMILY} 🏳️‍🌈 🇻🇳 1️⃣"),
    meant("zero width", "a\u200bb\u200cc\u200dd\u2060e"),
    meant("zalgo", ZALGO, unicodedata.normalize("NFC", ZALGO)),
    meant("outside the base plane", "𠮷𝔘𝒏𝓲"),
    meant("private", "\ue000\U000f0000"),
    # Names of things
    meant("none", "None"),
    meant("null", "null undefined true [object Object]"),
    meant("prototype", "__proto__"),
    meant("choices", "yes, no"),
)

NAMES = [each.name for each in STRINGS]
BY_NAME = {each.name: each for each in STRINGS}

ENDLESS = {
    "a megabyte": "lời " * (MEGABYTE // 8),
    "no blank": "x" * 100_000,
    "marks without end": "a" + "\u0301\u0323" * 100_000,
    "emoji without end": "👍🏿" * 20_000,
}
"""Longer than any answer may be, short enough for the server to read."""

# All that a line of a longer text can hold, in one answer.
TOGETHER = "\n".join(each.line for each in STRINGS if each.line)

A_FEW = [BY_NAME[name] for name in ("script", "header", "override", "emoji", "long digits", "percent names")]
"""For where each needs a person of its own."""
