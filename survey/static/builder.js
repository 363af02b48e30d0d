"use strict";
// The question's form in the builder: choosing another kind of answer shows its fields at once. Without this script a
// button does it; both ways the server makes the page from what was typed.

for (const select of document.querySelectorAll("select[data-refresh]")) {
  const button = select.form.querySelector("[data-refresh-button]");
  button.hidden = true;
  select.addEventListener("change", () => button.click());
}
