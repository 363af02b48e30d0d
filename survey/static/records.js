"use strict";
// What this browser knows of a form being filled in, beside what the server knows: a record's `answers` are what was
// typed, its `base` what the server has of them as of `revision`, the server's count of changes.

globalThis.Records = (() => {
  const same = (one = [], other = []) => JSON.stringify(one) === JSON.stringify(other);

  // Items of `after` that are others in `before`: item → texts, none where an answer was taken back.
  function changes(before = {}, after = {}) {
    const items = Object.keys({ ...before, ...after }).filter((item) => !same(before[item], after[item]));
    return Object.fromEntries(items.map((item) => [item, after[item] ?? []]));
  }

  const without = (texts, items) => Object.fromEntries(Object.entries(texts).filter(([item]) => !items.includes(item)));

  // What the server has not.
  const unsaved = ({ answers, base }) => changes(base, answers);
  const isOnlyHere = (record) => Object.keys(unsaved(record)).length > 0;

  // What was sent and may not have arrived counts as typed.
  const withPending = ({ pending, ...record }) =>
    (pending ? { ...record, answers: { ...record.answers, ...pending.answers } } : record);

  // The record as a page of the server meets it. Of a page that was sent and whose reply never came (`pending`), what the
  // server has as before did not arrive; a page that is the reply (`posted`) shows itself what is wrong. A page older
  // than the record tells nothing new.
  function met(record, kept) {
    const { pending, sending, ...former } = record ?? {};
    if (kept.revision < former.revision) return { ...former, ...(pending && { pending }), ticket: kept.ticket, unit: kept.unit };
    const typed = pending?.answers ?? {};
    const changed = Object.keys(typed).filter((item) => kept.posted || !same(kept.answers[item], former.base?.[item]));
    const ours = { ...without(unsaved(former), Object.keys(typed)), ...without(typed, changed) };
    const found = { ...kept, answers: { ...kept.answers, ...ours }, base: kept.answers };
    return isOnlyHere(found) ? { ...found, view: former.view } : found;
  }

  // After a hand-over of `sent`: what was typed since, and what could not be kept, stays ours; all else is now as the
  // server has it.
  function settled(record, sent, { answers, refused, revision }) {
    const accepted = without(sent, refused);
    if (revision < record.revision) return { ...record, base: { ...record.base, ...accepted } };
    return { ...record, revision, answers: { ...answers, ...unsaved(record) }, base: { ...answers, ...accepted } };
  }

  return Object.freeze({ changes, unsaved, isOnlyHere, withPending, met, settled });
})();
