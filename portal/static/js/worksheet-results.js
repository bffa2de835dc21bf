// What the server worked out after a save: the computed fields, the tables in their order, and how much is to go.
import { form } from "./worksheet-fields.js";
import { element } from "./worksheet-notes.js";

export function show(results, ranked, toGo) {
  const all = Object.values(toGo).reduce((sum, number) => sum + number, 0);
  for (const place of document.querySelectorAll("[data-to-go]")) {
    const number = place.dataset.toGo ? toGo[place.dataset.toGo] : all;
    place.textContent = number ? `${number} to go` : "Filled";
  }
  for (const output of form.querySelectorAll("[data-computed]")) {
    const result = results[output.dataset.computed] ?? "";
    output.textContent = result;
    output.nextElementSibling.textContent = result ? "" : "Nothing to reckon with yet";
  }
  for (const [table, rows] of Object.entries(ranked)) {
    const box = form.querySelector(`[data-ranking="${CSS.escape(table)}"]`);
    if (!box) continue;
    box.hidden = !rows.length;
    box.querySelector("ol").replaceChildren(...rows.map((row) => {
      const item = document.createElement("li");
      item.append(element("span", row.words), " ", element("strong", row.number, "n"));
      return item;
    }));
  }
}

// "Still true" renews an answer that has aged, without leaving the page.
export async function renew(button) {
  const body = new FormData();
  body.append("place", button.dataset.still);
  body.append("csrf_token", document.querySelector("meta[name=csrf-token]").content);
  const mark = button.closest("[data-aged]");
  try {
    const answer = await fetch(`/worksheets/filled/${form.dataset.worksheet}/still-true`, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("refused");
    mark.replaceChildren(element("span", "Noted: still true today.", "faint"));
    mark.setAttribute("role", "status");
  } catch {
    mark.append(element("span", " Not noted: no connection. Press it again later.", "faint"));
  }
}
