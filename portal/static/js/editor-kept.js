// What is typed is kept: in this browser at once, on the server a second and a half after typing stops. What the page says
// about it is true; what this browser alone has is offered when the page is opened again.
import { form, token } from "./editor-form.js";

const places = form.querySelectorAll("[data-saved]");
const others = document.querySelector("[data-others]");
const LATER = 1500;
const AGAIN = 5000;
let shelf = `item-${form.dataset.kept}`;
let wait = 0;
let sending = null;
let isLeaving = false;
let isChanged = false;

let state = "";
const tell = (words, kind = "") => {
  state = kind;
  for (const place of places) {
    place.textContent = words;
    place.dataset.state = kind;
  }
};
const fields = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["csrf_token", "do"].includes(name));
const typed = () => JSON.stringify(fields().filter(([name]) => name !== "copy_version"));

function keepHere(isSent = false) {
  try {
    localStorage.setItem(shelf, JSON.stringify({ at: Date.now(), fields: fields(), isSent }));
    return true;
  } catch {
    return false;
  }
}
function forgetHere() {
  try {
    localStorage.removeItem(shelf);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

async function keep() {
  clearTimeout(wait);
  if (isLeaving || sending) return;
  const sent = typed();
  sending = new AbortController();
  try {
    const answer = await fetch(form.dataset.copy, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token },
      body: new URLSearchParams(fields()),
      signal: sending.signal,
    });
    if (answer.redirected) throw new Error("signed out");
    const said = await answer.json();
    if (answer.ok) {
      form.elements.copy_version.value = said.version;
      withOthers(said.others);
      isChanged = typed() !== sent;
      if (!isChanged) forgetHere();
      tell(said.saved, "saved");
    } else tell(said.error, "conflict");
  } catch {
    if (isLeaving) return;
    tell(keepHere() ? "Not saved: no connection; kept in this browser" : "Not saved: no connection", "failed");
    wait = setTimeout(keep, AGAIN);
  } finally {
    sending = null;
  }
  if (isChanged && state === "saved") later();
}

function later() {
  clearTimeout(wait);
  wait = setTimeout(keep, LATER);
}

function withOthers(names) {
  if (!names?.length) return;
  others.textContent = `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} writing at this, too. All of you can save: what each of you changed is kept.`;
  others.hidden = false;
}

form.addEventListener("input", () => {
  isChanged = true;
  tell("Not saved yet");
  keepHere();
  later();
});
form.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (isChanged) keepHere(true);
  isLeaving = true;
  clearTimeout(wait);
  sending?.abort();
});
window.addEventListener("pageshow", (event) => { if (event.persisted) isLeaving = false; });
window.addEventListener("online", () => { if (isChanged) keep(); });
window.addEventListener("beforeunload", (event) => { if (isChanged && !isLeaving) event.preventDefault(); });

// The item has just become a draft of its own: from now on its words are kept under its number.
export function movedTo({ id, address, base_number, base_about }) {
  forgetHere();
  shelf = `${shelf.slice(0, shelf.lastIndexOf("-"))}-${id}`;
  form.setAttribute("action", address);
  form.dataset.copy = `${address}/working-copy`;
  Object.entries({ base_number, base_about, copy_version: 0 }).forEach(([name, value]) => { form.elements[name].value = value; });
  history.replaceState(null, "", address);
}

// What was sent has arrived when the page shows a newer revision than the one it was written on.
function hasArrived(kept, own) {
  const base = new Map(kept.fields).get("base_number");
  return kept.isSent && Number(own.get("base_number")) > Number(base);
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function offer() {
  const kept = read(shelf);
  const own = new Map(fields());
  const apart = ["base_number", "base_about", "copy_version"];
  const isSame = ([name, value]) => apart.includes(name) || (own.get(name) ?? "") === value.replaceAll("\r\n", "\n");
  if (!kept) return;
  if (hasArrived(kept, own) || kept.fields.every(isSame)) {
    forgetHere();
    return;
  }
  const place = document.createElement("section");
  place.className = "notice recovered";
  place.setAttribute("role", "status");
  const words = document.createElement("p");
  const at = new Date(kept.at).toLocaleString("en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  words.textContent = `This browser kept what you typed on ${at} and could not save. It differs from what is below. `;
  const button = (label, kind, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: label, className: kind });
    made.addEventListener("click", act);
    return made;
  };
  words.append(
    button("Take it back", "primary", () => {
      place.remove();
      for (const [name, value] of kept.fields) {
        const field = form.elements[name];
        if (!field || name === "copy_version") continue;
        if (field.type === "checkbox") field.checked = true;
        else field.value = value;
      }
      form.elements.kind.dispatchEvent(new Event("change", { bubbles: true }));
      form.dispatchEvent(new Event("input", { bubbles: true }));
    }),
    " ",
    button("Discard it", "danger", () => {
      if (!window.confirm("Discard what this browser kept? It can’t be brought back.")) return;
      forgetHere();
      place.remove();
    }),
  );
  place.append(words);
  form.before(place);
}
const ofNew = `${shelf.slice(0, shelf.lastIndexOf("-"))}-new`;
if (shelf !== ofNew && read(ofNew)?.isSent) localStorage.removeItem(ofNew);
offer();
// Who types before this script has come is heard, too. Browsers write line ends in a way of their own; that is no change.
const plain = (words) => words.replaceAll(/[\r\n]/g, "");
if ([...form.elements].some((field) => ["text", "textarea"].includes(field.type) && plain(field.value) !== plain(field.defaultValue))) {
  form.dispatchEvent(new Event("input", { bubbles: true }));
}
