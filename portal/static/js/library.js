// Counts a reading after five seconds on the screen, and words that found nothing. Neither is needed to read or to search.
const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";
const send = (address, fields = {}) =>
  fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams(fields), keepalive: true });

const item = document.querySelector("[data-reads]");
if (item) {
  let seconds = 0;
  const clock = setInterval(() => {
    if (document.visibilityState !== "visible" || ++seconds < 5) return;
    clearInterval(clock);
    send(item.dataset.reads);
  }, 1000);
}

const missing = document.querySelector("[data-missing]");
if (missing) send("/library/missing", { words: missing.dataset.missing.slice(0, 80) });
