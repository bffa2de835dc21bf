// The matrix by keyboard: arrow keys move between cells, a letter says how a client stands to a service. Without this
// script, or on Enter, a cell is a link to its own page.
const LETTERS = { u: "uses", c: "could-use", o: "offered", d: "declined", n: "not-a-fit", x: "", Delete: "", Backspace: "" };
const PROPOSING = new Set(["could-use", "offered"]);
const matrix = document.querySelector("[data-matrix]");
const said = document.querySelector("[data-said]");

const cells = [...matrix.tBodies[0].rows].map((row) => [...row.querySelectorAll("[data-cell]")]);
const placeOf = (cell) => {
  const row = cells.findIndex((each) => each.includes(cell));
  return [row, cells[row].indexOf(cell)];
};
const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// One stop for the tab key: the arrow keys do the rest.
const stopAt = (cell) => {
  cells.flat().forEach((each) => { each.tabIndex = each === cell ? 0 : -1; });
};
const go = (row, column) => {
  const next = cells[row]?.[column];
  if (!next) return;
  stopAt(next);
  next.focus();
};

const show = (cell, answer) => {
  cell.dataset.seen = answer.seen;
  cell.className = answer.use ? `cell is-${answer.use}` : "cell";
  cell.closest("td").className = answer.use ? "" : "unsaid";
  const [mark, words] = cell.children;
  mark.textContent = answer.mark || "·";
  words.textContent = words.textContent.replace(/: [^:]*$/, `: ${answer.said}`);
  cell.title = answer.said;
  said.textContent = `${cell.dataset.about}: ${answer.said}.`;
  said.className = "visually-hidden";
};

const set = async (cell, use) => {
  if (cell.classList.contains("is-changing")) return;
  if (cell.dataset.flag && PROPOSING.has(use) && !window.confirm(`${cell.dataset.flag}\n\nSay it all the same?`)) return;
  cell.classList.add("is-changing");
  const body = new FormData();
  body.set("use", use);
  body.set("seen", cell.dataset.seen);
  try {
    const answer = await fetch(`${cell.getAttribute("href")}/set`, {
      method: "POST",
      headers: { "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content, Accept: "application/json" },
      body,
    });
    const found = await answer.json();
    if (answer.ok) show(cell, found);
    else {
      tell(found.error);
      await refresh(cell);
    }
  } catch {
    tell("The connection is gone. Nothing was changed; try again in a moment.");
  }
  cell.classList.remove("is-changing");
};

// What somebody else said in the meantime is shown, so that the next letter is an answer to it.
const refresh = async (cell) => {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const fresh = page.querySelector(`[data-cell][href="${cell.getAttribute("href")}"]`);
  if (!fresh) return;
  cell.className = fresh.className;
  cell.dataset.seen = fresh.dataset.seen;
  cell.title = fresh.title;
  cell.closest("td").className = fresh.closest("td").className;
  cell.replaceChildren(...fresh.childNodes);
};

const tell = (words) => {
  said.textContent = words;
  said.className = "notice";
};

matrix.addEventListener("keydown", (event) => {
  const cell = event.target.closest("[data-cell]");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const move = moves[event.key], use = LETTERS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (move) {
    const [row, column] = placeOf(cell);
    go(row + move[0], column + move[1]);
  } else if (use !== undefined) set(cell, use);
  else return;
  event.preventDefault();
});
matrix.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-cell]")) stopAt(event.target);
});

stopAt(cells[0]?.[0]);
document.querySelector("[data-keys]").hidden = false;
