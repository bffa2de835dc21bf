// The answers as they stand in the page. Each has a place, like "person" or "asks/7fa2c1/contact"; a choice has several inputs.
export const form = document.querySelector("form[data-worksheet]");
export const inputs = (place) => [...form.querySelectorAll(`[data-place="${CSS.escape(place)}"]`)];
export const places = () => [...new Set([...form.querySelectorAll("[data-place]")].map((input) => input.dataset.place))];
export const tidy = (text) => text.replace(/\r\n?/g, "\n").trim();

export function text(place) {
  const [first, ...more] = inputs(place);
  if (first?.type !== "radio") return tidy(first?.value ?? "");
  return [first, ...more].find((input) => input.checked)?.value ?? "";
}

export function write(place, value) {
  for (const input of inputs(place)) {
    if (input.type === "radio") input.checked = input.value === value;
    else input.value = value;
  }
}
