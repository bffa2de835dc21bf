// Saves a worksheet as it is typed, field by field, and says truthfully how that stands. What could not be sent is kept in
// this browser and sent again; what another tab changed meanwhile is shown beside the field, and the person chooses.
import { form, inputs, text, texts, tidy, write } from "./worksheet-fields.js";
import { keep, leave, leftover } from "./worksheet-kept.js";
import { clearNotes, element, homeless, note, since } from "./worksheet-notes.js";
import { renew, show } from "./worksheet-results.js";
import { addRow, removeRow, showRow } from "./worksheet-rows.js";

const PAUSE = 1200;
const AGAIN = 8000;
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
  for (const [place, now] of texts()) {
    if (now !== tidy(known[place] ?? "")) found[place] = { before: known[place] ?? "", after: now };
  }
  return found;
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
  const end = keep(changed()) ? "Kept on this device, and sent again." : "This browser keeps nothing, so leave this page open; it is sent again.";
  say(again ? `Not saved yet: ${why}. ${end}` : `Not saved: ${why}`, "failed");
  if (again) soon(AGAIN);
}

function saved(changes, body) {
  learn(Object.fromEntries(Object.entries(changes).map(([place, pair]) => [place, pair.after])));
  version = body.version;
  if (body.answers) catchUp(changes, body.answers);
  for (const place of Object.keys(changes)) {
    clear(place);
    const field = inputs(place)[0]?.closest("[data-field]");
    field?.querySelector("[data-aged]")?.remove();
    const row = field?.closest("[data-row]"), log = row?.querySelector("[data-log]");
    if (log) log.hidden = Boolean(log.dataset.log) && !row.querySelector(`[data-place$="/${log.dataset.log}"]`).value.trim();
  }
  show(body.computed, body.ranked, body.to_go);
  const rest = changed();
  keep(rest);
  lastSaved = body.saved;
  if (held.size) say("Saved, but not the marked answers.", "conflict");
  else say(lastSaved, "saved");
  if (Object.keys(rest).some((place) => !held.has(place))) soon();
}

// Another tab saved meanwhile: what it wrote, added or emptied is shown here too, where nobody is writing.
function catchUp(changes, answers) {
  for (const place of new Set([...Object.keys(answers), ...Object.keys(known)])) {
    const theirs = answers[place] ?? "";
    if (theirs) showRow(place);
    if (place in changes || held.has(place) || text(place) !== tidy(known[place] ?? "")) continue;
    write(place, theirs);
    learn({ [place]: theirs });
  }
}

function conflict(body) {
  for (const [place, theirs] of Object.entries(body.theirs)) {
    showRow(place);
    if (!inputs(place).length) continue;
    clear(place);
    held.add(place);
    since(place, theirs, (mine) => {
      learn({ [place]: theirs });
      if (!mine) write(place, theirs);
      clear(place);
      soon(0);
      inputs(place)[0]?.focus();
    });
  }
  version = body.version;
  say("Not saved: another tab changed the same answer.", "conflict");
  soon(0);
}

function refuse(fields) {
  for (const [place, reason] of Object.entries(fields)) {
    if (!inputs(place).length) return failed(reason, false);
    clear(place);
    held.add(place);
    note(place, "error").textContent = reason;
  }
  say("Not saved yet: the marked answers.", "conflict");
  return soon(0);
}

function clear(place) {
  held.delete(place);
  clearNotes(place);
}

function written(place, field) {
  if (!field.querySelector(".since")) clear(place);
  say("Saving", "saving");
  keep(changed());
  soon();
}

form.addEventListener("input", (event) => {
  const { place } = event.target.dataset;
  if (place) written(place, event.target.closest("[data-field]"));
});
form.addEventListener("picked", (event) => written(event.target.dataset.place, event.target.closest("[data-field]")));

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add], [data-remove], [data-still]");
  if (!button) return;
  event.preventDefault();
  if (button.matches("[data-add]")) addRow(button.closest("[data-table]"));
  else if (button.matches("[data-still]")) renew(button);
  else removeRow(button.closest("[data-row]"), (cells) => { cells.forEach(([place]) => held.delete(place)); soon(0); });
});

// "Save" saves here; "Mark as finished" and "Dealt with" first send what is still unsaved, then go on as without script.
const goesOn = (button) => button?.value === "finish" || Boolean(button?.value.startsWith("dealt:"));
form.addEventListener("submit", async (event) => {
  if (goesOn(event.submitter) && !sending && !Object.keys(changed()).length) return;
  event.preventDefault();
  await save();
  const rest = Object.keys(changed());
  if (goesOn(event.submitter) && !rest.length) form.requestSubmit(event.submitter);
}, true);

// A way on from here first sends what is unsaved: the next page reads it from the portal. What can't be sent is kept, and
// without a connection one stays.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  const isPlain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;
  if (!link || !isPlain || link.target || !goesFrom(link) || (!sending && !Object.keys(changed()).length)) return;
  event.preventDefault();
  await save();
  const rest = changed();
  if (!Object.keys(rest).length || (navigator.onLine && keep(rest))) location.assign(link.href);
});
const goesFrom = (link) => /^\/(worksheets\/filled|pipeline\/from-worksheet)\/\d+\//.test(new URL(link.href).pathname);

document.addEventListener("visibilitychange", () => {
  leaving = document.visibilityState === "hidden";
  if (leaving) save();
});
window.addEventListener("online", () => soon(0));

// What earlier visits could not send, written over what is saved now; the server tells if another tab was there meanwhile.
const carried = new Set();
for (const [name, left] of leftover()) {
  const rest = {};
  for (const [place, pair] of Object.entries(left)) {
    showRow(place);
    if (!inputs(place).length) {
      rest[place] = pair;
      homeless(form, pair.after, () => { delete rest[place]; leave(name, rest); });
    } else if (carried.has(place) && text(place) !== pair.after) {
      rest[place] = pair; // two visits wrote here: the second waits until the first is saved
    } else if (pair.after !== tidy(known[place] ?? "")) {
      carried.add(place);
      write(place, pair.after);
      learn({ [place]: pair.before });
    }
  }
  if (keep(changed())) leave(name, rest);
  soon(0);
}

// What was typed before this script was there. After a conflict the person chooses first.
if (!form.querySelector(".since") && Object.keys(changed()).length) soon(0);
