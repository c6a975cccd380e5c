// What was typed is not lost: not to a page left too soon, not to a sign-in that ended meanwhile.
"use strict";

const typed = new Set(); // Forms that hold words which nobody has stored yet.
const toBeStored = (form) => form?.method === "post" && !form.querySelector("input[type=password]");

document.addEventListener("input", (event) => {
  const form = event.target.closest("form");
  if (toBeStored(form)) typed.add(form);
});
// So does a form that came back refused, and one that the browser filled again on the way back.
const refused = (form) => form.querySelector("[aria-invalid=true]");
const changed = (field) => field.matches("input[type=radio], input[type=checkbox]") ? field.checked !== field.defaultChecked
  : field.matches("input:not([type=hidden]), textarea") && field.value !== field.defaultValue;
const look = () => [...document.forms].filter((form) => toBeStored(form) && (refused(form) || [...form.elements].some(changed))).forEach((form) => typed.add(form));
addEventListener("pageshow", look);
document.addEventListener("htmx:after:swap", (event) => { if (event.detail.ctx.response?.status === 422) look(); });

document.addEventListener("submit", (event) => { if (!event.defaultPrevented) typed.delete(event.target); });
document.addEventListener("htmx:before:request", (event) => typed.delete(event.target.closest?.("form")));
const notStored = (event) => { const form = event.target.closest?.("form"); if (toBeStored(form)) typed.add(form); };
document.addEventListener("htmx:response:error", notStored);
document.addEventListener("htmx:error", notStored);

addEventListener("beforeunload", (event) => { if ([...typed].some((form) => form.isConnected)) event.preventDefault(); });

// Signing in again, in another tab, changes the token that every form carries: take the one that counts now.
function freshToken(event) {
  const field = event.target.closest?.("form")?.querySelector("[name=csrfmiddlewaretoken]");
  const token = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="))?.slice("csrftoken=".length);
  if (field && token) field.value = token;
}
document.addEventListener("input", freshToken, true);
document.addEventListener("submit", freshToken, true);
