"""The words for the keys and codes of a definition, where a person reads about them."""

from __future__ import annotations

from questionnaires.faults import N_, Term

KEY_WORDS = {
    "after": N_("now"),
    "applies_to": N_("types of unit"),
    "assessed_by": N_("assessed by"),
    "at_least": N_("from (percent)"),
    "bands": N_("rating"),
    "before": N_("before"),
    "between": N_("between the thresholds"),
    "changes": N_("changes against the earlier set"),
    "choices": N_("answer"),
    "code": N_("code"),
    "combine": N_("how groups are put together"),
    "constraint": N_("accepted only if"),
    "constraint_message": N_("message"),
    "criterion": N_("criterion"),
    "date": N_("date"),
    "decimals": N_("decimals"),
    "decision": N_("decision"),
    "evidence": N_("evidence asked"),
    "fact": N_("the unit's figure"),
    "factor": N_("factor"),
    "factors": N_("factor"),
    "full": N_("full points from (percent)"),
    "group": N_("asked of"),
    "groups": N_("weight"),
    "hint": N_("hint"),
    "illustrative": N_("illustrative wording"),
    "in_charge": N_("appraised by"),
    "intro": N_("introduction"),
    "issuer": N_("issued by"),
    "kind": N_("kind"),
    "languages": N_("languages"),
    "levels": N_("level"),
    "max_points": N_("points"),
    "missing": N_("counts as no answer"),
    "name": N_("name"),
    "nodes": N_("criteria"),
    "notes": N_("notes"),
    "number": N_("number"),
    "of": N_("what is read"),
    "origin": N_("lowest level"),
    "parent": N_("belongs to"),
    "points": N_("points"),
    "profile": N_("describes the respondent"),
    "questions": N_("questions"),
    "ranked": N_("ranked"),
    "ranking_groups": N_("ranking group"),
    "relevant": N_("asked only if"),
    "replaces": N_("replaces"),
    "required": N_("required"),
    "rows": N_("row"),
    "rule": N_("rule"),
    "scale": N_("scale"),
    "sections": N_("sections"),
    "sensitive": N_("sensitive"),
    "source": N_("source"),
    "subject": N_("subject"),
    "survey_optional": N_("the survey may be left out"),
    "text": N_("text"),
    "tie": N_("equal indexes"),
    "title": N_("title"),
    "unit_of_rating": N_("agency rated"),
    "version": N_("version"),
    "weights": N_("worth (percent)"),
    "when": N_("if"),
    "zero": N_("no points below (percent)"),
}
QUESTION_KINDS = {
    "single": N_("one answer"),
    "multiple": N_("several answers"),
    "scale": N_("scale"),
    "matrix": N_("rows on one scale"),
    "integer": N_("whole number"),
    "decimal": N_("number"),
    "text": N_("short text"),
    "long_text": N_("long text"),
    "date": N_("date"),
    "rank": N_("put in order"),
    "note": N_("text to read"),
    "place": N_("place"),
    "unit": N_("agency"),
}


def key_in_words(key: str) -> str:
    """A key as a sentence names it; itself where we have no words for it."""
    return _term(KEY_WORDS, key)


def kind_in_words(kind: str) -> str:
    """A kind of question as a sentence names it; its code where we do not know it."""
    return _term(QUESTION_KINDS, kind)


def _term(words: dict[str, str], code: str) -> str:
    return Term(words[code]) if code in words else code
