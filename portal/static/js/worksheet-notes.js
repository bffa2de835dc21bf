// Notes beside a field: what another tab saved, with the choice between the two, and what doesn't fit.
import { inputs, said } from "./worksheet-fields.js";

export function element(tag, words, kind = "") {
  const made = document.createElement(tag);
  made.textContent = words;
  made.className = kind;
  return made;
}

export function note(place, kind) {
  const box = element("div", "", kind);
  box.setAttribute("data-note", "");
  box.id = `note-${place.replaceAll("/", "-")}`;
  box.setAttribute("role", "alert");
  const input = inputs(place)[0];
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${box.id}`.trim());
  input.closest("[data-field]").append(box);
  return box;
}

export function clearNotes(place) {
  inputs(place)[0]?.closest("[data-field]")?.querySelectorAll("[data-note], .since").forEach((box) => box.remove());
}

// `choose` is told whether the person keeps their own text.
export function since(place, theirs, choose) {
  const box = note(place, "since");
  box.append(element("p", "Another tab saved this meanwhile:", "strong"), element("div", said(place, theirs) || "Nothing; it was emptied there.", "said"));
  for (const [label, mine] of [["Keep mine", true], ["Take the other", false]]) {
    const button = element("button", label);
    button.type = "button";
    button.addEventListener("click", () => choose(mine));
    box.append(button, " ");
  }
  const row = inputs(place)[0]?.closest("[data-row]");
  if (row) row.hidden = false;
}

// Words that were kept on this device for a question that the worksheet doesn't ask any more.
export function homeless(form, words, drop) {
  const box = element("div", "", "since");
  box.append(element("p", "Written on this device and never saved, for a question that is no longer asked. Copy what you need:", "strong"), element("div", words, "said"));
  const button = element("button", "Throw it away");
  button.type = "button";
  button.addEventListener("click", () => {
    box.remove();
    drop();
  });
  box.append(button);
  form.prepend(box);
}
