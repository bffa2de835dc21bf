// Practice without reloading: a card is answered in the background and swapped. Keys act only while the practice area has
// the focus, so that they stay out of the way of speech input. Whatever fails falls back to the plain forms; when the
// network itself is gone, the session goes on with the cards that were fetched when it began.
import { put, send, takeBackLast, waiting } from "./outbox.js";

const area = document.querySelector("[data-drill]");
const PATIENCE = 10000;
let isBusy = false;
let pack = [];
const known = new Map();

function find(name) {
  return area.querySelector(`[data-${name}]`);
}

function settle() {
  const keys = find("keys");
  if (keys) keys.hidden = false;
  const first = area.querySelector(".chosen, .right, [data-outcome], .told") ? find("back") : find("front");
  (find("focus") ?? first ?? area).focus({ preventScroll: true });
}

async function fetched(address, options) {
  const answer = await fetch(address, {
    ...options,
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error("not a card");
  return answer.json();
}

async function swap(address, options, fallBack) {
  if (isBusy) return false;
  isBusy = true;
  try {
    const { html } = await fetched(address, options);
    if (!html) throw new Error("not a card");
    area.innerHTML = html;
    settle();
    return true;
  } catch (reason) {
    fallBack(reason);
    return false;
  } finally {
    isBusy = false;
  }
}

async function fetchPack() {
  try {
    pack = (await fetched(`/drills/${area.dataset.deck}/pack`)).cards;
  } catch {
    pack = [];
  }
}

// Without a network.

function isOffline(reason) {
  return !navigator.onLine || reason instanceof TypeError || reason?.name === "TimeoutError";
}

function keep(fields) {
  const shown = find("card");
  const card = Number(fields.get("card"));
  const rating = Number(fields.get("rating"));
  put({ card, version: Number(shown.dataset.version), rating, key: fields.get("key"), at: new Date().toISOString() });
  move(card, rating);
  next();
}

function move(card, rating) {
  const place = pack.findIndex((each) => each.card === card);
  if (place < 0) return;
  const [kept] = pack.splice(place, 1);
  if (rating === 1) pack.push({ ...kept, again: (kept.again ?? 1) + 1 });
}

function bringForward(card) {
  const place = pack.findIndex((each) => each.card === card);
  if (place > 0) pack.unshift(...pack.splice(place, 1));
  else if (place < 0 && known.has(card)) pack.unshift(known.get(card));
}

function next() {
  const card = pack[0];
  const left = document.createElement("p");
  left.className = "small faint";
  if (card) {
    left.textContent = `No network. You can go on: ${pack.length} to go, and you compare and grade yourself.`;
    area.innerHTML = card.html;
    if (card.again) find("grades").querySelector("[name=key]").value += `-${card.again}`;
  } else {
    area.innerHTML = '<article class="drill-end" data-front tabindex="-1"><h2>Done for now</h2><p></p></article>';
    area.querySelector("p").textContent = "Your answers are kept on this device and sent when the network returns. Keep this page open, or open Drills again later.";
  }
  if (waiting().length) {
    const undo = document.createElement("button");
    undo.className = "quiet";
    undo.textContent = "Take the last answer back";
    undo.addEventListener("click", takeBack);
    area.append(undo);
  }
  area.prepend(left);
  settle();
}

function takeBack() {
  const last = takeBackLast();
  if (last) bringForward(last.card);
  next();
}

document.addEventListener("answers-sent", () => {
  swap(`/drills/${area.dataset.deck}`, {}, () => {});
  fetchPack().then(remember);
});

function remember() {
  for (const card of pack) known.set(card.card, card);
}

// With one.

area.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-grades], [data-undo], [data-options]")) return;
  event.preventDefault();
  const fields = new FormData(form);
  if (event.submitter?.name) fields.set(event.submitter.name, event.submitter.value);
  if (form.matches("[data-grades]") && waiting().length) {
    // What waits was answered before this; it goes first.
    keep(fields);
    send();
    return;
  }
  const plainly = (reason) => {
    if (isOffline(reason) && form.matches("[data-grades]")) {
      keep(fields);
      return;
    }
    if (isOffline(reason)) {
      bringForward(Number(fields.get("card") ?? find("card")?.dataset.card));
      next();
      if (form.matches("[data-undo]")) area.querySelector("p").textContent = "Your last answer was sent; taking it back needs the network.";
      return;
    }
    for (const [name, value] of fields) {
      if (!form.querySelector(`input[name="${name}"], select[name="${name}"], textarea[name="${name}"]`)) {
        form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      }
    }
    form.submit();
  };
  if (form.method === "get") swap(`${form.action}?${new URLSearchParams(fields)}`, {}, plainly);
  else {
    swap(form.action, { method: "POST", body: fields }, plainly).then((isDone) => {
      if (isDone && form.matches("[data-grades]")) move(Number(fields.get("card")), Number(fields.get("rating")));
    });
  }
});

area.addEventListener("toggle", (event) => {
  if (event.target.matches("[data-answer]") && event.target.open) find("back").focus({ preventScroll: true });
}, true);

document.addEventListener("keydown", (event) => {
  if (!area.contains(document.activeElement) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("textarea, select, input")) return;
  const details = find("answer");
  if (event.key === " " && details && !details.open && !event.target.closest("button, summary, a")) {
    event.preventDefault();
    details.open = true;
  } else if (/^[1-4]$/.test(event.key) && (!details || details.open)) {
    area.querySelector(`[name="rating"][value="${event.key}"], [name="chosen"][value="${event.key}"]`)?.click();
  } else if (event.key === "u") {
    find("undo")?.requestSubmit();
  }
});

settle();
fetchPack().then(remember);
