"use strict";
// The expression language in the browser. `questionnaires/expression` parses the text, states the rules and mirrors
// this file operation by operation; both give the values of tests/questionnaires/expression_vectors.json.
//
// Expression.evaluate(tree, answers, { self, today }): `answers` maps item codes to values, `self` is what `.` stands
// for, `today` is the server's date as "2026-12-31". The value is a boolean, number, string, array or null (blank).

globalThis.Expression = (() => {
  const LAST_DAY = 3652059; // 9999-12-31, counted from 0001-01-01 as day 1
  const DAYS_BEFORE_1970 = 719163;
  const MILLISECONDS = 86400000;
  const NUMBER = /^-?[0-9]+(\.[0-9]+)?$/;
  const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

  const finite = (number) => (Number.isFinite(number) ? number : null);

  function readScalar(answer) {
    if (typeof answer === "string") return answer.normalize("NFC") || null;
    if (typeof answer === "number") return finite(answer);
    return typeof answer === "boolean" ? answer : null;
  }

  function read(answer) {
    if (!Array.isArray(answer)) return readScalar(answer);
    const found = answer.map(readScalar).filter((item) => item !== null);
    return found.length ? found : null;
  }

  const truth = (value) => Boolean(value);
  const alone = (value) => (Array.isArray(value) && value.length === 1 ? value[0] : value);

  function numberOf(value) {
    const single = alone(value);
    if (typeof single === "string" && NUMBER.test(single)) return finite(Number(single));
    return typeof single === "number" ? single : null;
  }

  function dayOf(value) {
    const single = alone(value);
    if (typeof single !== "string" || !DATE.test(single)) return null;
    const day = Date.parse(`${single}T00:00:00Z`) / MILLISECONDS + DAYS_BEFORE_1970;
    return dateOf(day, 0) === single ? day : null; // browsers may read 2026-02-30 as 2 March
  }

  function dateOf(day, days) {
    const moved = day + days;
    if (!Number.isInteger(days) || !(moved >= 1 && moved <= LAST_DAY)) return null; // `day` may be NaN
    return new Date((moved - DAYS_BEFORE_1970) * MILLISECONDS).toISOString().slice(0, 10);
  }

  function wordsOf(value) {
    if (typeof value === "string") return value.split(" ").filter((word) => word);
    if (Array.isArray(value)) return value;
    return value === null ? [] : [value];
  }

  function equal(left, right) {
    const [one, other] = [alone(left), alone(right)];
    if (Array.isArray(one) && Array.isArray(other))
      return one.length === other.length && one.every((item, place) => equal(item, other[place]));
    if (typeof one === typeof other) return one === other;
    const number = numberOf(one);
    return number !== null && number === numberOf(other);
  }

  function ordered(left, right, inOrder) {
    return [numberOf, dayOf].some((measure) => {
      const [one, other] = [measure(left), measure(right)];
      return one !== null && other !== null && inOrder(one, other);
    });
  }

  function calculate(left, right, calculation) {
    const [one, other] = [numberOf(left), numberOf(right)];
    return one === null || other === null ? null : finite(calculation(one, other));
  }

  function add(left, right) {
    if (dayOf(left) !== null) return dateOf(dayOf(left), numberOf(right));
    if (dayOf(right) !== null) return dateOf(dayOf(right), numberOf(left));
    return calculate(left, right, (one, other) => one + other);
  }

  function subtract(left, right) {
    const [day, otherDay] = [dayOf(left), dayOf(right)];
    if (day === null) return calculate(left, right, (one, other) => one - other);
    return otherDay === null ? dateOf(day, negative(right)) : day - otherDay;
  }

  const negative = (value) => calculate(0, value, (zero, number) => zero - number);

  function length(value) {
    const text = alone(value);
    if (text === null) return 0;
    if (Number.isSafeInteger(text)) return String(text).length;
    return typeof text === "string" ? Array.from(text).length : null;
  }

  const OPERATIONS = {
    or: (...sides) => sides.some(truth),
    and: (...sides) => sides.every(truth),
    "=": equal,
    "!=": (left, right) => !equal(left, right),
    "<": (left, right) => ordered(left, right, (one, other) => one < other),
    "<=": (left, right) => ordered(left, right, (one, other) => one <= other),
    ">": (left, right) => ordered(left, right, (one, other) => one > other),
    ">=": (left, right) => ordered(left, right, (one, other) => one >= other),
    "+": add,
    "-": subtract,
    "*": (left, right) => calculate(left, right, (one, other) => one * other),
    div: (left, right) => calculate(left, right, (one, other) => one / other),
    mod: (left, right) => calculate(left, right, (one, other) => one % other),
    negative,
    not: (condition) => !truth(condition),
    if: (condition, then, otherwise) => (truth(condition) ? then : otherwise),
    coalesce: (value, otherwise) => (value === null ? otherwise : value),
    selected: (value, code) => code !== null && [value, ...wordsOf(value)].some((item) => equal(item, code)),
    "count-selected": (value) => wordsOf(value).length,
    "string-length": length,
    date: (text) => (dayOf(text) === null ? null : alone(text)),
    true: () => true,
    false: () => false,
  };

  function evaluate(tree, answers, { self = null, today }) {
    if (!Array.isArray(tree)) return read(tree);
    const [operation, ...sides] = tree;
    if (operation === "$") return read(answers[sides[0]]);
    if (operation === ".") return read(self);
    if (operation === "today") return read(today);
    return OPERATIONS[operation](...sides.map((side) => evaluate(side, answers, { self, today })));
  }

  return Object.freeze({ evaluate, truth });
})();
