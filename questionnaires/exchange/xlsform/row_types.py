"""The types of an XLSForm's rows: which kind of question each is, and why some are none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from questionnaires.faults import N_

BEGIN, END, CALCULATE, METADATA, SETTING = "begin", "end", "calculate", "metadata", "setting"
REFUSED, ACKNOWLEDGE, RANGE, PERCENTAGE, PHONE = "refused", "acknowledge", "range", "percentage", "phone"

REPEATED = N_("Questions cannot be repeated here. Ask a fixed number of times, or use a form for each.")
ON_THE_MAP = N_("A place on a map cannot be asked here. Ask for the commune or the address as text.")
A_FILE = N_("Photos, sound, drawings and files cannot be asked here. Delete the row, or ask for words.")
A_BARCODE = N_("Bar codes are not read here. Ask for the number as text.")
A_TIME = N_("A time of day cannot be asked here. Ask for the date, or for the time as text.")
FROM_FILE = N_("Choices cannot come from another file. Write them in the sheet “choices”.")
CASCADE = N_("Choices that depend on earlier answers are not held here. Write one question for each list.")
HIDDEN = N_("A hidden value is no question. Delete the row, or write the value where it is used.")
INCLUDED = N_("Another file cannot be included. Copy its rows into this form.")
UNKNOWN = N_("“%(type)s” is no type of question known here.")

KINDS = {
    "acknowledge": ACKNOWLEDGE,
    "add acknowledge prompt": ACKNOWLEDGE,
    "add date prompt": "date",
    "add decimal prompt": "decimal",
    "add integer prompt": "integer",
    "add note prompt": "note",
    "add text prompt": "text",
    "calculate": CALCULATE,
    "calculation": CALCULATE,
    "date": "date",
    "decimal": "decimal",
    "int": "integer",
    "integer": "integer",
    "note": "note",
    "number of days in last month": "integer",
    "percentage": PERCENTAGE,
    "phone number": PHONE,
    "q acknowledge": ACKNOWLEDGE,
    "q calculate": CALCULATE,
    "q date": "date",
    "q decimal": "decimal",
    "q integer": "integer",
    "q note": "note",
    "q string": "text",
    "range": RANGE,
    "string": "text",
    "text": "text",
    "trigger": ACKNOWLEDGE,
}
METADATA_TYPES = frozenset(
    {
        *("start", "end", "today", "deviceid", "device id", "subscriberid", "subscriber id", "simserial"),
        *("sim id", "simid", "phonenumber", "username", "email", "imei", "uri:deviceid", "uri:email"),
        *("uri:phonenumber", "uri:simserial", "uri:subscriberid", "uri:username", "audit"),
        *("get start time", "get end time", "get today", "get device id", "get subscriber id"),
        *("get sim id", "get phone number", "start time", "end time", "start-geopoint", "background-audio"),
        "background-geopoint",
    }
)
SETTING_TYPES = {
    "set form title": "form_title",
    "form title": "form_title",
    "set form id": "id_string",
    "form id": "id_string",
}
REFUSALS = {
    **dict.fromkeys(["gps", "location", "q location", "q geopoint", "add location prompt"], ON_THE_MAP),
    **dict.fromkeys(["geopoint", "geotrace", "geoshape", "q geotrace", "q geoshape", "osm"], ON_THE_MAP),
    **dict.fromkeys(["image", "photo", "q picture", "q image", "add image prompt", "picture"], A_FILE),
    **dict.fromkeys(["audio", "video", "file", "q audio", "q video", "add photo prompt"], A_FILE),
    **dict.fromkeys(["add audio prompt", "add video prompt", "add file prompt"], A_FILE),
    **dict.fromkeys(["barcode", "q barcode", "add barcode prompt"], A_BARCODE),
    **dict.fromkeys(["time", "datetime", "date time", "q time", "q date time", "add time prompt"], A_TIME),
    **dict.fromkeys(["add date time prompt", "q datetime"], A_TIME),
    **dict.fromkeys(["csv-external", "xml-external"], FROM_FILE),
    "hidden": HIDDEN,
}
SELECT = re.compile(
    r"(?P<command>add select (one|multiple) prompt using|select all that apply( from)?|select one from"
    r"|select[ _](one|multiple)|select1|rank)"
    r" (?P<list>\S+)(?P<other> (or specify other|or[ _]other))?",
    re.IGNORECASE,
)
REFUSED_BEGINNINGS = {
    "select one from file": FROM_FILE,
    "select multiple from file": FROM_FILE,
    "select one external": FROM_FILE,
    "cascading select": CASCADE,
    "include": INCLUDED,
    "osm": ON_THE_MAP,
}
GROUP = re.compile(r"(begin|end) (group|repeat|loop|lgroup|looped group)\b")


@dataclass(frozen=True)
class Type:
    """What a type says. `kind` is one of our kinds or of the constants above; `why` a refusal's sentence."""

    kind: str
    list_name: str = ""
    other: bool = False
    why: str = ""


def type_of(written: str) -> Type:
    """What the text in a column `type` says."""
    words = " ".join(written.replace("_", " ").lower().split())
    if found := GROUP.match(words):
        return Type(found[1], why="" if found[2] == "group" else REPEATED)
    if words in KINDS:
        return Type(KINDS[words])
    if words in METADATA_TYPES:
        return Type(METADATA)
    if words in SETTING_TYPES:
        return Type(SETTING, list_name=SETTING_TYPES[words])
    return Type(REFUSED, why=REFUSALS[words]) if words in REFUSALS else _type_with_list(written, words)


def _type_with_list(written: str, words: str) -> Type:
    for beginning, why in REFUSED_BEGINNINGS.items():
        if f"{words} ".startswith(f"{beginning} "):
            return Type(REFUSED, why=why)
    found = SELECT.fullmatch(" ".join(written.split()))
    if found is None:
        return Type(REFUSED, why=UNKNOWN)
    return Type(_kind_of(found["command"].lower()), found["list"], other=bool(found["other"]))


def _kind_of(command: str) -> str:
    if command == "rank":
        return "rank"
    return "multiple" if "multiple" in command or "all" in command else "single"
