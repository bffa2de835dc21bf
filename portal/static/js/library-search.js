// Searches while somebody types or chooses: fetches the page of the new address and puts its parts in place of those
// here. Without this script the form is sent as any other.
import { noteMissing } from "./library.js";

const WAIT = 140, SETTLED = 2500;
const form = document.querySelector("[data-search]");
const words = form.querySelector("input[type=search]");
const announced = document.querySelector("[data-announced]");
const found = document.querySelector("[data-part=found]");
let waiting, settling, asked;

const address = () => {
  const fields = [...new FormData(form)].filter(([, value]) => value.trim());
  return fields.length ? `${form.action}?${new URLSearchParams(fields)}` : form.action;
};

const putInPlace = (page) => {
  const focused = document.activeElement, held = focused?.id, wasWithin = Boolean(focused?.closest("[data-part]"));
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (fresh) part.replaceChildren(...fresh.childNodes);
  }
  // What was pressed may be gone, as a filter that was taken off: whoever uses the keyboard goes on at what is there now.
  if (wasWithin) (document.getElementById(held) ?? found.querySelector("[tabindex], .empty a"))?.focus();
  document.title = page.title;
  const told = [...found.querySelectorAll("[data-said]")];
  announced.textContent = (told.length ? told : [...found.querySelectorAll(".empty > h2, .empty > p:first-of-type")])
    .map((each) => each.textContent.trim().replace(/\s+/g, " ")).join(" ");
};

// Down from the words to the first result, from one to the next, and up again.
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const stops = [words, ...found.querySelectorAll(".results h3 a")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  if (!next || !stops.includes(document.activeElement)) return;
  event.preventDefault();
  next.focus();
});

const show = async (where, { isNewPlace = false, keepsWords = true } = {}) => {
  asked?.abort();
  clearTimeout(waiting);
  clearTimeout(settling);
  asked = new AbortController();
  try {
    const answer = await fetch(where, { signal: asked.signal, headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return location.assign(where);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    history[isNewPlace ? "pushState" : "replaceState"](null, "", where);
    if (!keepsWords) words.value = new URL(where, location.href).searchParams.get("q") ?? "";
    putInPlace(page);
    settling = setTimeout(() => noteMissing(), SETTLED);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(where);
  }
};

words.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => show(address()), WAIT);
});
form.addEventListener("change", (event) => { if (event.target !== words) show(address(), { isNewPlace: true }); });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  show(address()).then(noteMissing);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-part=found] .chips a, [data-part=found] .chosen a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(link.href, { isNewPlace: true, keepsWords: false });
});
addEventListener("popstate", () => show(location.href, { keepsWords: false }));
