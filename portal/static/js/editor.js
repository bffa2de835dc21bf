// The editor: a preview that is rendered where publishing renders it, marks for Markdown, known tags, and a word before leaving.
const form = document.querySelector("[data-editor]");
const source = form.querySelector("[name=source]");
const shown = form.querySelector("[data-shows]");
const unsaved = form.querySelector("[data-unsaved]");
const token = document.querySelector("meta[name=csrf-token]").content;

let wait = 0;
let asked = 0;
async function preview() {
  const number = ++asked;
  const fields = new URLSearchParams();
  for (const name of ["kind", "title", "summary", "source"]) fields.set(name, form.elements[name].value);
  shown.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", headers: { "X-CSRFToken": token }, body: fields });
    const html = await answer.text();
    if (number === asked && answer.ok) shown.innerHTML = html;
  } catch {
    unsaved.textContent = "The preview can't be reached just now. What you write stays here.";
  }
  shown.setAttribute("aria-busy", "false");
}

let isChanged = false;
form.addEventListener("input", () => {
  isChanged = true;
  unsaved.textContent = "Not saved yet";
  clearTimeout(wait);
  wait = setTimeout(preview, 300);
});
form.addEventListener("submit", () => { isChanged = false; });
window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
form.querySelector("[data-preview-button]").hidden = true;

const MARKS = {
  bold: ["**", "**", "bold words"],
  italic: ["*", "*", "words"],
  link: ["[", "](https://)", "words of the link"],
  heading: ["\n## ", "\n", "Heading"],
  list: ["\n- ", "\n", "first point"],
  quote: ["\n> ", "\n", "what was said"],
  note: ['\n!!! note "Title"\n    ', "\n", "what to keep in mind"],
};
const toolbar = form.querySelector(".toolbar");
toolbar.hidden = false;
toolbar.addEventListener("click", (event) => {
  const mark = MARKS[event.target.dataset.mark];
  if (!mark) return;
  const [before, after, words] = mark;
  const { selectionStart: start, selectionEnd: end, value } = source;
  const inside = value.slice(start, end) || words;
  source.focus();
  // insertText rather than value =, so that undo takes it back.
  if (!document.execCommand("insertText", false, before + inside + after)) source.setRangeText(before + inside + after);
  source.setSelectionRange(start + before.length, start + before.length + inside.length);
  source.dispatchEvent(new Event("input", { bubbles: true }));
});

for (const list of form.querySelectorAll("[data-adds-to]")) {
  const field = form.elements[list.dataset.addsTo];
  const values = () => field.value.split(",").map((value) => value.trim()).filter(Boolean);
  const buttons = [...list.querySelectorAll(".value")].map((word) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word.textContent;
    return button;
  });
  const show = () => buttons.forEach((button) => button.setAttribute("aria-pressed", values().includes(button.textContent)));
  const gap = () => document.createTextNode(" ");
  list.replaceChildren(list.firstElementChild, ...buttons.flatMap((button) => [gap(), button]));
  list.addEventListener("click", ({ target }) => {
    if (!buttons.includes(target)) return;
    const now = values();
    field.value = (now.includes(target.textContent) ? now.filter((value) => value !== target.textContent) : [...now, target.textContent]).join(", ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  field.addEventListener("input", show);
  show();
}
