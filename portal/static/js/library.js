// Counts a reading after five seconds on the screen, and words that found nothing. Neither is needed to read or to search.
const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";
const send = (address, fields = {}) =>
  fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams(fields), keepalive: true });

const item = document.querySelector("[data-reads]");
if (item) {
  const here = new URL(location.href), from = here.searchParams.get("from");
  if (from) {
    // Whoever passes this address on did not search for it.
    here.searchParams.delete("from");
    history.replaceState(history.state, "", here);
  }
  let seconds = 0;
  const clock = setInterval(() => {
    if (document.visibilityState !== "visible" || ++seconds < 5) return;
    clearInterval(clock);
    send(item.dataset.reads, from === "search" ? { from } : {});
  }, 1000);
}

const noted = new Set();
export const noteMissing = () => {
  const phrase = document.querySelector("[data-missing]")?.dataset.missing.slice(0, 80);
  if (!phrase || noted.has(phrase)) return;
  noted.add(phrase);
  send("/library/missing", { words: phrase });
};
noteMissing();
