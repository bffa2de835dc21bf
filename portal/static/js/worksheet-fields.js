// The answers as they stand in the page. Each has a place, like "person" or "asks/7fa2c1/contact"; a choice has several
// inputs; a picker has a hidden half with the record that was chosen, kept as "12|Dana Ruiz".
export const form = document.querySelector("form[data-worksheet]");
export const inputs = (place) => [...form.querySelectorAll(`[data-place="${CSS.escape(place)}"]`)];
export const places = () => [...new Set([...form.querySelectorAll("[data-place]")].map((input) => input.dataset.place))];
export const tidy = (text) => text.replace(/\r\n?/g, "\n").trim();

const half = (input) => (input?.dataset.into ? document.getElementById(input.dataset.into) : null);
const words = (chosen) => chosen.slice(chosen.indexOf("|") + 1);

export function text(place) {
  return textOf(inputs(place));
}

function textOf([first, ...more]) {
  if (first?.type === "radio") return [first, ...more].find((input) => input.checked)?.value ?? "";
  const typed = tidy(first?.value ?? "");
  if (!first?.dataset.into) return typed;
  const chosen = half(first)?.value ?? "";
  return typed && chosen.includes("|") && words(chosen) === typed ? chosen : typed.replaceAll("|", "/");
}

// Every place with its text, in one walk over the page: a large table has a thousand cells.
export function texts() {
  const found = new Map();
  for (const input of form.querySelectorAll("[data-place]")) {
    const place = input.dataset.place;
    if (!found.has(place)) found.set(place, []);
    found.get(place).push(input);
  }
  return new Map([...found].map(([place, group]) => [place, textOf(group)]));
}

export function write(place, value) {
  for (const input of inputs(place)) {
    if (input.type === "radio") input.checked = input.value === value;
    else if (input.dataset.into) {
      half(input).value = value.includes("|") ? value : "";
      input.value = value.includes("|") ? words(value) : value;
    } else input.value = value;
  }
}

// How an answer reads, for the note of a conflict.
export const said = (place, value) => (inputs(place)[0]?.dataset.into && value.includes("|") ? words(value) : value);

// A record was picked from the suggestions: its id and its words belong together.
form.addEventListener("picked", (event) => {
  const { id, name } = event.detail;
  half(event.target).value = `${id}|${tidy(name)}`;
  event.target.value = tidy(name);
});
