// Moves cards between the stages of the board: dragged by mouse, pen or a long touch, or with the arrow keys. The server
// decides; what it says is told in words, and the move can be undone in place. Without this script each card leads to its page.
const HOLD = 300; // milliseconds of touch before a card lifts, so that one can still scroll
const SLACK = 6; // pixels that a hand trembles
const WIDEST = 240; // a carried card hides no more than this of where it goes
const moved = document.querySelector("[data-moved]");
const said = document.querySelector("[data-said]");
const undoButton = document.querySelector("[data-undo]");
const why = document.querySelector("[data-why]");
const how = document.querySelector("[data-how]");
const ENDS = ["won", "lost", "declined"];
let board = document.querySelector("[data-board]");
let last = null; // the move that can be undone
let drag = null;
let busy = false;

const places = () => [...board.querySelectorAll("[data-stage]:not([data-card])")];
const link = (card) => card.querySelector(".where a");
const name = (card) => link(card).textContent;

function say(words, { undo = false, reason = "" } = {}) {
  moved.hidden = false;
  said.textContent = words;
  undoButton.hidden = !undo;
  why.hidden = !reason;
  if (reason) why.href = reason;
}

async function send(path, fields) {
  const body = new FormData();
  for (const [key, value] of Object.entries(fields)) body.set(key, value);
  const headers = { Accept: "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content };
  const answer = await fetch(path, { method: "POST", body, headers });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

// Counts, sums and signs are the server's to say; so the board is read again.
async function refresh() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-board]") ?? page.querySelector(".empty"); // the last card has left
  if (!fresh) return;
  board.replaceWith(fresh);
  board = fresh;
  prepare();
  for (const part of ["[data-lead]", "[data-cares]"]) {
    const [old, next] = [document.querySelector(part), page.querySelector(part)];
    if (old && next) old.replaceWith(next);
  }
}

function focus(id) {
  const card = document.getElementById(`card-${id}`);
  if (card) link(card).focus();
  else if (!undoButton.hidden) undoButton.focus();
}

async function act(id, path, fields, tell) {
  if (busy) return;
  busy = true;
  board.setAttribute("aria-busy", "true");
  try {
    const told = await send(path, fields);
    await refresh();
    tell(told);
  } catch (error) {
    last = null;
    await refresh().catch(() => {});
    say(error instanceof TypeError ? "The portal can’t be reached. The card stays where it was; try again." : error.message);
  } finally {
    busy = false;
    board.removeAttribute("aria-busy");
    focus(id);
  }
}

function move(card, stage) {
  const id = card.dataset.card, title = name(card);
  if (stage === card.dataset.stage) return;
  if (!card.dataset.ways.split(" ").includes(stage)) {
    say(`${title} can’t go there from where it stands.`);
    return;
  }
  act(id, `/pipeline/${id}/stage`, { stage, version: card.dataset.version }, (told) => {
    last = { id, title, version: told.version, change: told.change };
    say(`${title} now stands at “${told.label}”.`, { undo: true, reason: ENDS.includes(told.stage) ? `/pipeline/${id}` : "" });
  });
}

undoButton?.addEventListener("click", () => {
  if (!last) return;
  const { id, title, version, change } = last;
  act(id, `/pipeline/${id}/undo`, { version, change_id: change }, (told) => {
    last = null;
    say(`Undone. ${title} is back at “${told.label}”.`);
  });
});

function beside(card, step) {
  const ways = card.dataset.ways.split(" "), all = places().map((place) => place.dataset.stage);
  let at = all.indexOf(card.dataset.stage) + step;
  while (all[at] && !ways.includes(all[at])) at += step;
  return all[at];
}

function onKey(event) {
  const card = event.target.closest?.("[data-card]");
  if (!card || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const along = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
  if (!step && !along) return;
  event.preventDefault();
  if (along) return card[along] && link(card[along]).focus();
  const stage = beside(card, step);
  if (stage) move(card, stage);
  else say(`${name(card)} stands at the ${step < 0 ? "first" : "last"} stage.`);
}

function lift(event) {
  const { card } = drag;
  const box = card.getBoundingClientRect();
  const ghost = card.cloneNode(true);
  ghost.removeAttribute("id");
  ghost.classList.add("is-lifted");
  const width = Math.min(box.width, WIDEST);
  ghost.style.width = `${width}px`;
  document.body.append(ghost);
  Object.assign(drag, { ghost, dx: Math.min(event.clientX - box.left, width - 20), dy: Math.min(event.clientY - box.top, 60) });
  card.classList.add("is-gone");
  board.classList.add("is-dragging");
  board.querySelector("[data-zones]")?.removeAttribute("hidden");
  follow(event);
}

function follow(event) {
  drag.ghost.style.transform = `translate(${event.clientX - drag.dx}px, ${event.clientY - drag.dy}px)`;
  const under = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-stage]:not([data-card])");
  for (const place of places()) place.classList.toggle("is-target", place === under);
  drag.target = under && board.contains(under) ? under : null;
  const edge = event.clientY < 60 ? -12 : event.clientY > innerHeight - 60 ? 12 : 0;
  if (edge) scrollBy(0, edge);
}

function drop(isMeant) {
  if (!drag) return;
  const { card, ghost, target, timer } = drag;
  clearTimeout(timer);
  drag = null;
  if (!ghost) return;
  ghost.remove();
  card.classList.remove("is-gone");
  board.classList.remove("is-dragging");
  board.querySelector("[data-zones]")?.setAttribute("hidden", "");
  for (const place of places()) place.classList.remove("is-target");
  // The click that follows a drag opens nothing.
  addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
  setTimeout(() => link(card).focus({ preventScroll: true }));
  if (isMeant && target) move(card, target.dataset.stage);
}

function onDown(event) {
  if (drag) return drop(false); // a second finger means to scroll or to zoom
  const card = event.target.closest("[data-card]");
  if (!card || event.button || busy) return;
  drag = { card, x: event.clientX, y: event.clientY, pointer: event.pointerId };
  if (event.pointerType === "touch") drag.timer = setTimeout(() => drag && lift(event), HOLD);
}

addEventListener("pointermove", (event) => {
  if (!drag || event.pointerId !== drag.pointer) return;
  const isFar = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > SLACK;
  if (drag.ghost) follow(event);
  else if (isFar && event.pointerType === "touch") drop(false);
  else if (isFar) lift(event);
});
addEventListener("pointerup", (event) => event.pointerId === drag?.pointer && drop(true));
addEventListener("pointercancel", () => drop(false));
addEventListener("keydown", (event) => event.key === "Escape" && drop(false));
// A lifted card is carried, not scrolled.
addEventListener("touchmove", (event) => drag?.ghost && event.preventDefault(), { passive: false });

function prepare() {
  board.addEventListener("keydown", onKey);
  board.addEventListener("pointerdown", onDown);
  board.addEventListener("dragstart", (event) => event.preventDefault());
  board.addEventListener("contextmenu", (event) => drag?.ghost && event.preventDefault());
  for (const card of board.querySelectorAll("[data-card]")) link(card).setAttribute("aria-describedby", "how");
}

if (board) {
  how.hidden = false;
  prepare();
}
