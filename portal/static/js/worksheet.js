// Saves a worksheet as it is typed, field by field, and says truthfully how that stands. What could not be sent is kept in
// this browser and sent again; what another tab changed meanwhile is shown beside the field, and the person chooses.
import { form, inputs, places, text, tidy, write } from "./worksheet-fields.js";

const PAUSE = 1200;
const AGAIN = 8000;
const drawer = `worksheet-${form.dataset.worksheet}-`;
const key = drawer + crypto.getRandomValues(new Uint32Array(1))[0]; // each tab keeps its own
const state = form.querySelector("[data-saved]");
const beforeField = form.elements.before;
const known = JSON.parse(beforeField.value || "{}");
const held = new Set(); // places that wait for the person: a conflict, or a text that doesn't fit
let version = Number(form.dataset.version);
let timer = 0;
let sending = null;
let leaving = false;
let lastSaved = state.textContent;

function say(words, how = "") {
  state.textContent = words;
  state.dataset.state = how;
  const [first] = how === "conflict" ? [...held].flatMap(inputs) : [];
  if (!first) return;
  const link = element("a", "Go there");
  link.href = `#${(first.closest("fieldset[id]") ?? first).id}`;
  link.addEventListener("click", () => setTimeout(() => first.focus()));
  state.append(" ", link);
}

function changed() {
  const found = {};
  for (const place of places()) {
    if (text(place) !== tidy(known[place] ?? "")) found[place] = { before: known[place] ?? "", after: text(place) };
  }
  return found;
}

// True when the browser kept it; private windows and full disks refuse.
function keep(changes) {
  try {
    if (Object.keys(changes).length) localStorage.setItem(key, JSON.stringify(changes));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

function learn(saved) {
  Object.assign(known, saved);
  beforeField.value = JSON.stringify(known);
}

function soon(wait = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

// One request at a time; what is typed meanwhile goes with the next.
async function save() {
  clearTimeout(timer);
  if (sending) return sending.then(save);
  const all = changed();
  keep(all);
  const changes = Object.fromEntries(Object.entries(all).filter(([place]) => !held.has(place)));
  if (!Object.keys(changes).length) {
    if (held.size) say("Not saved yet: the marked answers.", "conflict");
    else say(lastSaved, "saved");
    return null;
  }
  say("Saving", "saving");
  sending = send(changes).finally(() => { sending = null; });
  return sending;
}

async function send(changes) {
  let answer;
  try {
    answer = await fetch(`/worksheets/filled/${form.dataset.worksheet}/answers`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content },
      body: JSON.stringify({ version, changes }),
      redirect: "manual",
      keepalive: leaving,
    });
  } catch {
    return failed("no connection");
  }
  if (answer.type === "opaqueredirect" || answer.status === 400) return failed("you are signed out. Sign in in another tab, then reload this page");
  if (answer.status >= 500) return failed("the portal does not answer");
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return saved(changes, body);
  if (answer.status === 409) return conflict(body);
  if (body.fields) return refuse(body.fields);
  return failed(body.error ?? "the portal refused it", false);
}

function failed(why, again = true) {
  const kept = keep(changed());
  const end = kept ? "It is kept in this browser and sent again." : "Keep this page open; it is sent again.";
  say(again ? `Not saved: ${why}. ${end}` : `Not saved: ${why}`, "failed");
  if (again) soon(AGAIN);
}

function saved(changes, body) {
  learn(Object.fromEntries(Object.entries(changes).map(([place, pair]) => [place, pair.after])));
  version = body.version;
  for (const [place, theirs] of Object.entries(body.answers)) {
    showRow(place);
    if (place in changes || held.has(place) || text(place) !== tidy(known[place] ?? "")) continue;
    write(place, theirs);
    learn({ [place]: theirs });
  }
  for (const place of Object.keys(changes)) {
    clear(place);
    const log = inputs(place)[0]?.closest("[data-row]")?.querySelector("[data-log]");
    if (log) log.hidden = false;
  }
  const rest = changed();
  keep(rest);
  lastSaved = body.saved;
  if (held.size) say("Saved, but not the marked answers.", "conflict");
  else say(lastSaved, "saved");
  if (Object.keys(rest).some((place) => !held.has(place))) soon();
}

function conflict(body) {
  for (const [place, theirs] of Object.entries(body.theirs)) {
    if (!inputs(place).length) continue;
    clear(place);
    held.add(place);
    const box = note(place, "since");
    box.append(element("p", "Another tab saved this meanwhile:", "strong"), element("div", theirs || "Nothing; it was emptied there.", "said"));
    const choose = (label, mine) => {
      const button = element("button", label);
      button.type = "button";
      button.addEventListener("click", () => {
        learn({ [place]: theirs });
        if (!mine) write(place, theirs);
        clear(place);
        soon(0);
        inputs(place)[0]?.focus();
      });
      box.append(button, " ");
    };
    choose("Keep mine", true);
    choose("Take the other", false);
    const row = inputs(place)[0]?.closest("[data-row]");
    if (row) row.hidden = false;
  }
  version = body.version;
  say("Not saved: another tab changed the same answer.", "conflict");
  soon(0);
}

function refuse(fields) {
  for (const [place, reason] of Object.entries(fields)) {
    if (!inputs(place).length) continue;
    clear(place);
    held.add(place);
    note(place, "error").textContent = reason;
  }
  say("Not saved yet: the marked answers.", "conflict");
  soon(0);
}

function element(tag, words, kind = "") {
  const made = document.createElement(tag);
  made.textContent = words;
  made.className = kind;
  return made;
}

function note(place, kind) {
  const box = element("div", "", kind);
  box.setAttribute("data-note", "");
  box.id = `note-${place.replaceAll("/", "-")}`;
  box.setAttribute("role", "alert");
  const input = inputs(place)[0];
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${box.id}`.trim());
  input.closest("[data-field]").append(box);
  return box;
}

function clear(place) {
  held.delete(place);
  inputs(place)[0]?.closest("[data-field]")?.querySelectorAll("[data-note], .since").forEach((box) => box.remove());
}

function addRow(table) {
  const rows = table.querySelector("[data-rows]");
  const id = [...crypto.getRandomValues(new Uint8Array(5))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const frame = document.createElement("div");
  frame.innerHTML = table.querySelector("template").innerHTML.replaceAll("newrow", id);
  rows.append(frame.firstElementChild);
  number(table);
  rows.lastElementChild.querySelector("[data-place]").focus();
}

function number(table) {
  [...table.querySelectorAll("[data-row]:not([hidden]) [data-number]")].forEach((place, index) => { place.textContent = index + 1; });
}

// The row stays in the page, empty and hidden, so that it can be put back.
function removeRow(row) {
  const table = row.closest("[data-table]");
  const cells = [...row.querySelectorAll("[data-place]")].map((input) => [input.dataset.place, text(input.dataset.place)]);
  cells.forEach(([place]) => { write(place, ""); clear(place); });
  row.hidden = true;
  number(table);
  soon(0);
  if (!cells.some(([, value]) => value)) return table.querySelector("[data-add]").focus();
  const box = element("div", "", "removed");
  const back = element("button", "Put it back");
  back.type = "button";
  back.addEventListener("click", () => {
    cells.forEach(([place, value]) => write(place, value));
    row.hidden = false;
    box.remove();
    number(table);
    soon(0);
    inputs(cells[0][0])[0].focus();
  });
  box.append(element("p", "Row removed."), back);
  row.after(box);
  return back.focus();
}

form.addEventListener("input", (event) => {
  const place = event.target.dataset.place;
  if (!place) return;
  if (!event.target.closest("[data-field]").querySelector(".since")) clear(place);
  say("Saving", "saving");
  keep(changed());
  soon();
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add], [data-remove]");
  if (!button) return;
  event.preventDefault();
  if (button.matches("[data-add]")) addRow(button.closest("[data-table]"));
  else removeRow(button.closest("[data-row]"));
});

// "Save" saves here; "Mark as finished" first sends what is still unsaved, then goes on as without script.
form.addEventListener("submit", async (event) => {
  if (event.submitter?.value === "finish" && !sending && !Object.keys(changed()).length) return;
  event.preventDefault();
  await save();
  const rest = Object.keys(changed());
  if (event.submitter?.value === "finish" && !rest.length) form.requestSubmit(event.submitter);
}, true);

document.addEventListener("visibilitychange", () => {
  leaving = document.visibilityState === "hidden";
  if (leaving) save();
});
window.addEventListener("online", () => soon(0));

// A row that another tab, or an earlier visit, added.
function showRow(place) {
  const [table, row] = place.split("/");
  const frame = form.querySelector(`[data-table="${CSS.escape(table)}"]`);
  if (!row || !frame || inputs(place).length) return;
  const made = document.createElement("div");
  made.innerHTML = frame.querySelector("template").innerHTML.replaceAll("newrow", row.replace(/[^a-z0-9]/g, ""));
  frame.querySelector("[data-rows]").append(made.firstElementChild);
  number(frame);
}

function leftover() {
  try {
    const keys = Object.keys(localStorage).filter((name) => name.startsWith(drawer) && name !== key);
    return keys.map((name) => [name, JSON.parse(localStorage.getItem(name))]);
  } catch {
    return [];
  }
}

// What an earlier visit could not send, written over what is saved now; the server tells if another tab was there meanwhile.
for (const [name, left] of leftover()) {
  for (const [place, pair] of Object.entries(left)) {
    showRow(place);
    if (!inputs(place).length || pair.after === tidy(known[place] ?? "")) continue;
    write(place, pair.after);
    learn({ [place]: pair.before });
  }
  if (keep(changed())) localStorage.removeItem(name);
  soon(0);
}

// What was typed before this script was there. After a conflict the person chooses first.
if (!form.querySelector(".since") && Object.keys(changed()).length) soon(0);
