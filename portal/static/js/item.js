// On an item's page: copies its text and counts that, and prints. Without it, the link opens the text to copy by hand.
const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";
const said = document.querySelector("[data-copied]");
const copy = document.querySelector("[data-copy-from]");

if (navigator.clipboard) {
  copy?.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(copy.href);
      if (!answer.ok) throw new Error(answer.statusText);
      await navigator.clipboard.writeText(await answer.text());
      said.textContent = "Copied. Paste it where you need it.";
    } catch {
      location.assign(copy.href);
      return;
    }
    if (!copy.dataset.counted) return;
    fetch(copy.dataset.counted, { method: "POST", headers: { "X-CSRFToken": token }, keepalive: true });
  });
}

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
