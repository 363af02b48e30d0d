"""The small expression language of routes and constraints: the part of XLSForm's that people know.

    ${age} >= 18 and not(selected(${services}, 'none'))     . <= today()     if(${n} > 0, ${n}, 1)

Text is parsed to a tree of plain lists, numbers and strings, `[">=", ["$", "age"], 18]`, which goes to the
browser as JSON: `evaluate` here and `survey/static/expression.js` there give the same value for it.

From loose to tight: `or`, `and`, one comparison (`= != < <= > >=`), `+ -`, `* div mod`, the sign `-`.
`.` is the answer being constrained. The functions stand in `tree.FUNCTIONS`.

A value is a truth value, a number, a text, a list of codes (several choices), or blank. A date is a text such
as '2026-12-31'. No answer, '' and an empty list are blank; so is what cannot be read (infinity, an object).

| where               | what happens                                                                      |
|---------------------|-----------------------------------------------------------------------------------|
| truth               | blank and 0 are false; every text is true, even '0' and 'false'                   |
| `=`                 | a blank equals only a blank; text is compared in Unicode NFC; values of different |
|                     | kinds differ, but a number and a text that writes one compare as numbers          |
| `!=`                | always the opposite of `=`: a blank differs from 'x'                              |
| `< <= > >=`         | two numbers (or texts that write one) or two dates; all else is false, blank too, |
|                     | so not(${a} < 5) is true where `a` is blank                                       |
| `and or not()`      | work on truth and give true or false                                              |
| `+ - * div mod`     | blank where a side is blank or no number, by zero, and past 1.8e308               |
| `mod`               | takes the sign of the dividend: -5 mod 3 = -2                                     |
| date + n, date - n  | the date n whole days later or earlier; date - date is a number of days           |
| a list of one code  | is that code; longer lists equal those with the same codes in the same order      |
| selected(q, 'x')    | is 'x' the answer, in its list, or one of its space-separated words? A blank code |
|                     | is never selected                                                                 |
| count-selected(q)   | the codes of a list, the words of a text, 0 for blank, else 1                     |
| if(c, a, b)         | `a` where `c` is true, else `b`                                                   |
| coalesce(a, b)      | `a`, or `b` where `a` is blank                                                    |
| date(t)             | `t` where it is a day of the calendar, else blank                                 |
| string-length(t)    | characters in Unicode NFC; of a whole number its digits and sign; 0 for blank;    |
|                     | blank for all else                                                                |

Numbers are IEEE doubles; a whole one below 2^53 comes back as `int`. There is no `regex()`: Python and
browsers read patterns differently, and a pattern can be written that takes hours.
"""

from questionnaires.expression.evaluation import evaluate
from questionnaires.expression.grammar import parse_expression
from questionnaires.expression.refusals import ExpressionError
from questionnaires.expression.tree import Tree, names, to_text
from questionnaires.expression.values import Value, truth

__all__ = ["ExpressionError", "Tree", "Value", "evaluate", "names", "parse_expression", "to_text", "truth"]
