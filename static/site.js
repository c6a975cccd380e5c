// Keyboard, dialogs, the reader's time zone, and the quote taken from a selection.
// Every control is a link or a form that works without this file; it only shortens the way.
"use strict";

const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
const remember = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`; };

// The server writes every time in the reader's zone; it learns the zone here.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && cookie("time_zone") !== zone) remember("time_zone", zone);

const visible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const typing = (element) => element.isContentEditable || element.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit], [type=button])");

// Dialogs: a link to #keys or #jump opens the dialog of that id. The list of keys names those that this page answers.
function open(id) {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  for (const entry of dialog.querySelectorAll("[data-needs]")) {
    entry.hidden = ![...document.querySelectorAll(entry.dataset.needs)].some(visible);
  }
  dialog.showModal();
}
document.addEventListener("click", (event) => {
  const opener = event.target.closest("a[data-dialog]");
  if (opener) { event.preventDefault(); open(opener.dataset.dialog); return; }
  if (event.target.closest("dialog [data-close]")) { event.preventDefault(); event.target.closest("dialog").close(); return; }
  if (event.target instanceof HTMLDialogElement && event.target.open) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
});

// Lists: j and k walk over what is marked data-row, in the order of the page.
function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")].filter(visible);
  if (!rows.length) return false;
  const here = rows.indexOf(document.activeElement);
  const next = rows[Math.min(rows.length - 1, Math.max(0, here < 0 && by > 0 ? 0 : here + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

// A key belongs to the control that carries it: <a data-key="e">, <input data-key="1">. It follows a link and makes
// a choice; a button it only brings into focus, because one slip of a finger must not publish anything.
function press(key) {
  const control = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key.split(" ").includes(key) && visible(element));
  if (!control) return false;
  control.scrollIntoView({ block: "nearest" });
  control.focus();
  if (control.matches("a, summary, input[type=radio], input[type=checkbox]")) control.click();
  return true;
}

// What stands on the key. Where that is no Latin letter (ㅓ, о, ش) its place counts: the key that is j elsewhere.
function keyOf(event) {
  const letter = /^(?:Key|Digit)(\w)$/.exec(event.code)?.[1];
  if (event.key.length > 1 || event.key <= "~" || event.getModifierState("AltGraph")) return event.shiftKey ? event.key : event.key.toLowerCase();
  if (letter && !event.shiftKey) return letter.toLowerCase();
  return event.code === "Slash" ? (event.shiftKey ? "?" : "/") : event.key;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || !event.key) return; // Filling in by the browser is a keydown without key.
  const key = keyOf(event);
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key === "k") {
    event.preventDefault();
    open("jump");
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || cookie("keys") === "off") return;
  const dialog = document.querySelector("dialog[open]");
  if (dialog || typing(event.target)) return;
  const done = key === "?" ? (open("keys"), true)
    : key === "j" ? step(1)
    : key === "k" ? step(-1)
    : event.repeat ? false
    : key === "o" && event.target.matches("[data-row]") ? (event.target.click(), true)
    : press(key);
  if (done) event.preventDefault();
});

// Single keys can get in the way of speech input and screen readers, so they can be switched off.
const switchKeys = document.querySelector("[data-switch-keys]");
if (switchKeys) {
  switchKeys.checked = cookie("keys") !== "off";
  switchKeys.addEventListener("change", () => remember("keys", switchKeys.checked ? "on" : "off"));
}

// Where a range begins in an archived text: lines end with one character, and characters are code points.
function placeIn(text, range) {
  let place = 0;
  for (const line of text.querySelectorAll("p")) {
    if (!line.contains(range.startContainer)) { place += [...line.textContent].length + 1; continue; }
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(range.startContainer, range.startOffset);
    return place + [...before.toString()].length;
  }
  return "";
}
// What is typed by hand has no place yet.
document.addEventListener("input", (event) => {
  if (event.isTrusted && event.target.matches("[data-quote]")) event.target.form.querySelector("[data-quote-start]").value = "";
});

// Words selected in an archived text become the quote to pin.
function takeSelection() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed) return;
  const text = document.querySelector("[data-quotable]");
  const quote = document.querySelector("[data-quote]");
  if (!text || !quote || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return;
  const words = selection.toString().trim();
  if (!words) return;
  const start = document.querySelector("[data-quote-start]");
  if (start) start.value = placeIn(text, selection.getRangeAt(0));
  if (quote.value === words) return;
  quote.value = words;
  quote.dispatchEvent(new Event("input", { bubbles: true }));
  const told = document.querySelector("[data-quote-taken]");
  if (told) told.textContent = told.dataset.quoteTaken;
}
document.addEventListener("pointerup", () => setTimeout(takeSelection, 0));
document.addEventListener("keyup", (event) => { if (event.shiftKey || event.key === "Shift") takeSelection(); });

// What is typed is saved by the server; these words say how far that is.
document.addEventListener("input", (event) => {
  const state = event.target.closest("form")?.querySelector("[data-saved]");
  if (state) state.textContent = "Not saved yet";
});
function tell(sentence) {
  const line = document.createElement("p");
  line.className = "message error";
  line.textContent = sentence;
  document.getElementById("messages")?.replaceChildren(line);
}
function notSaved(event) {
  const state = event.target.closest?.("form")?.querySelector("[data-saved]");
  if (state) state.textContent = "Could not be saved. What you typed is still here.";
}
document.addEventListener("htmx:response:error", (event) => {
  notSaved(event);
  if (event.detail.ctx.response.status >= 500) tell("Something broke on our side, and nothing was changed. What you typed is still here; try again in a moment.");
});
document.addEventListener("htmx:error", (event) => {
  notSaved(event);
  console.error(event.detail.error);
  tell("The server did not answer. What you typed is still here; try again in a moment.");
});

// A whole page is no part of this one: signed out meanwhile, or a refusal with a page of its own.
document.addEventListener("htmx:before:swap", (event) => {
  const { text, response } = event.detail.ctx;
  if (!/^\s*<!doctype/i.test(text)) return;
  event.preventDefault();
  if (response.status < 400) location.reload();
  else tell(`${new DOMParser().parseFromString(text, "text/html").querySelector("h1")?.textContent}. Reload the page and try again.`);
});

// After a part was replaced, reading goes on where it was, typing goes on at what is wrong, and keys go on in that part.
let place = 0;
document.addEventListener("htmx:before:swap", () => { place = document.querySelector("[data-quotable]")?.scrollTop ?? 0; });
document.addEventListener("htmx:after:swap", (event) => {
  const text = document.querySelector("[data-quotable]");
  if (text) text.scrollTop = place;
  if (event.detail.ctx.response?.status === 422) document.querySelector("main [aria-invalid=true]")?.focus();
  else if (document.activeElement === document.body && event.detail.ctx.request.method !== "GET") goOnIn(document.getElementById(event.detail.ctx.target?.id));
});
function goOnIn(part) {
  const place = part?.querySelector("[data-quotable]") ?? part;
  if (!place) return;
  if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

// A form sent once is not sent twice by an impatient second click.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
