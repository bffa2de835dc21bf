// The rows of tables: adding, removing with the way back, and showing those that came from elsewhere.
import { form, inputs, text, write } from "./worksheet-fields.js";
import { clearNotes, element } from "./worksheet-notes.js";

export function number(table) {
  [...table.querySelectorAll("[data-row]:not([hidden]) [data-number]")].forEach((place, index) => { place.textContent = index + 1; });
}

function made(table, id) {
  const frame = document.createElement("div");
  frame.innerHTML = table.querySelector("template").innerHTML.replaceAll("newrow", id);
  const row = frame.firstElementChild;
  table.querySelector("[data-rows]").append(row);
  number(table);
  row.dispatchEvent(new CustomEvent("rows-added", { bubbles: true }));
  return row;
}

export function addRow(table) {
  const id = [...crypto.getRandomValues(new Uint8Array(5))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  made(table, id).querySelector("[data-place]").focus();
}

// A row that another tab, or an earlier visit, added.
export function showRow(place) {
  const [key, row] = place.split("/");
  const table = form.querySelector(`[data-table="${CSS.escape(key)}"]`);
  if (row && table && !inputs(place).length) made(table, row.replace(/[^a-z0-9]/g, ""));
}

// The row stays in the page, empty and hidden, so that it can be put back; `changed` is called after each step.
export function removeRow(row, changed) {
  const table = row.closest("[data-table]");
  const cells = [...new Set([...row.querySelectorAll("[data-place]")].map((input) => input.dataset.place))].map((place) => [place, text(place)]);
  for (const [place] of cells) {
    write(place, "");
    clearNotes(place);
  }
  row.hidden = true;
  number(table);
  changed(cells);
  if (!cells.some(([, value]) => value)) return table.querySelector("[data-add]").focus();
  const box = element("div", "", "removed");
  const back = element("button", "Put it back");
  back.type = "button";
  back.addEventListener("click", () => {
    cells.forEach(([place, value]) => write(place, value));
    row.hidden = false;
    box.remove();
    number(table);
    changed(cells);
    inputs(cells[0][0])[0].focus();
  });
  box.append(element("p", "linked" in row.dataset ? "Row removed. What it has become stays." : "Row removed."), back);
  row.after(box);
  return back.focus();
}
