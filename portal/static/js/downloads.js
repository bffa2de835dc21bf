// Counts a file that somebody takes along. Not needed to take it.
const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";
for (const list of document.querySelectorAll("[data-downloads]"))
  list.addEventListener("click", (event) => {
    if (event.target.closest("a[href^='/files/']"))
      fetch(list.dataset.downloads, { method: "POST", headers: { "X-CSRFToken": token }, keepalive: true });
  });
