// Searches while somebody types or chooses: fetches the page of the new address and puts its parts in place of those
// here. Without this script the form is sent as any other.
import { noteMissing } from "./library.js";

const WAIT = 140, SETTLED = 2500;
const form = document.querySelector("[data-search]");
const words = form.querySelector("input[type=search]");
const announced = document.querySelector("[data-announced]");
let waiting, settling, asked;

const address = () => {
  const fields = [...new FormData(form)].filter(([, value]) => value.trim());
  return fields.length ? `${form.action}?${new URLSearchParams(fields)}` : form.action;
};

const putInPlace = (page) => {
  const held = document.activeElement?.id;
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (fresh) part.replaceChildren(...fresh.childNodes);
  }
  if (held && document.activeElement?.id !== held) document.getElementById(held)?.focus();
  document.title = page.title;
  announced.textContent = (document.querySelector("[data-part=found] [data-said]") ?? document.querySelector("[data-part=found] h2"))?.textContent ?? "";
};

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
