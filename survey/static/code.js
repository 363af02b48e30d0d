"use strict";
// A code that an address filled in leads to somebody's answers: it does not stay in the history of the browser.

if (location.pathname !== "/c") history.replaceState(null, "", "/c");
