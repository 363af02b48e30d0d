"""A survey exported from LimeSurvey as tab-separated values, as the definition of a questionnaire.

    imported = read_limesurvey(text, code="from-the-file-name", group="citizen")
    questionnaire = parse(imported.definition)

From LimeSurvey's manual ("Tab Separated Value survey structure"): one row each for a setting of the survey
(class S), a text of it (SL), a group (G), question (Q), subquestion (SQ) and answer (A). A question belongs
to the group before it, subquestions and answers to the question before them. First stand all rows of the base
language, then those of each further language in the same order. A question has its type in `type/scale` and
its code in `name`; a group its title in `name`, its description in `text`; an answer its code in `name`. From
"ExpressionScript - Presentation": the operators with their spellings in letters. The letters of the question
types are the manual's too.

Not from the manual but from surveys people made: `.NAOK` behind the code of a question; a box of a multiple
choice is `code_subquestion`, "Y" where ticked; what is written beside "other" is `code_other`, and "other"
itself is the answer "-oth-".
"""

from questionnaires.exchange.limesurvey.reading import read_limesurvey

__all__ = ["read_limesurvey"]
