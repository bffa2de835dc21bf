// The editor of an item: a preview that is rendered where publishing renders it, the fields of the chosen kind, known tags,
// authors, shortcuts. Marks, files, links to the library and keeping what is typed are in files of their own.
import { changed, form, source, token } from "./editor-form.js";
import { press } from "./editor-marks.js";
import "./editor-kept.js";
import "./editor-links.js";
import "./editor-files.js";

const shown = form.querySelector("[data-shows]");
for (const hint of form.querySelectorAll("[data-with-script]")) hint.hidden = false;

let wait = 0;
let asked = 0;
async function preview() {
  clearTimeout(wait);
  const number = ++asked;
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (["kind", "title", "summary", "source"].includes(name) || name.startsWith("fact_")) fields.append(name, value);
  }
  shown.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", headers: { "X-CSRFToken": token }, body: fields });
    const html = await answer.text();
    if (number === asked && answer.ok) {
      const top = shown.scrollTop;
      shown.innerHTML = html;
      shown.scrollTop = top;
    }
  } catch {
    // What is typed is kept all the same; the line beside the buttons says that the connection is gone.
  }
  if (number === asked) shown.setAttribute("aria-busy", "false");
}
form.addEventListener("input", () => {
  clearTimeout(wait);
  wait = setTimeout(preview, 300);
});
form.querySelector("[data-preview-button]").hidden = true;

// The fields of the chosen kind; what was written for another one is carried along, unseen.
const facts = form.querySelector("[data-facts-shown]");
form.querySelector("[data-fields-button]").hidden = true;
form.elements.kind.addEventListener("change", async () => {
  const fields = new URLSearchParams([...new FormData(form)].filter(([name]) => name === "kind" || name.startsWith("fact_")));
  const answer = await fetch(form.dataset.facts, { method: "POST", headers: { "X-CSRFToken": token }, body: fields }).catch(() => null);
  if (answer?.ok) {
    facts.innerHTML = await answer.text();
    changed();
  } else form.querySelector("[data-fields-button]").hidden = false;
});

const KEYS = { b: "bold", i: "italic", k: "link" };
form.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const key = event.key.toLowerCase();
  if (KEYS[key] && event.target === source) press(KEYS[key]);
  else if (key === "s") form.requestSubmit(form.querySelector("button[value=save]"));
  else if (key === "enter") preview().then(() => shown.scrollIntoView({ block: "nearest" }));
  else return;
  event.preventDefault();
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

// There is always one empty line for another author.
const authors = form.querySelector("#authors");
authors.addEventListener("input", () => {
  const rows = [...authors.querySelectorAll(".author")];
  const last = rows.at(-1);
  if (!last.querySelector("input").value) return;
  const fresh = last.cloneNode(true);
  fresh.querySelector(".suggestions")?.remove();
  for (const element of fresh.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "data-into"]) {
      if (element.hasAttribute(name)) element.setAttribute(name, element.getAttribute(name).replace(/-\d+-/, `-${rows.length}-`));
    }
    if (element.matches("input")) {
      element.value = "";
      ["role", "aria-autocomplete", "aria-expanded", "aria-controls", "aria-activedescendant"].forEach((name) => element.removeAttribute(name));
    }
  }
  fresh.querySelector("label").textContent = `Author ${rows.length + 1}`;
  last.after(fresh);
  fresh.dispatchEvent(new CustomEvent("rows-added", { bubbles: true }));
});
