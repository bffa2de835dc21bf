// Follow long work without reloading: ask how far it is, and open the report when it is done.
const place = document.querySelector("[data-progress]");
const bar = place?.querySelector("progress");
const said = place?.querySelector("[data-done]");

async function look() {
  try {
    const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const now = await answer.json();
    bar.value = now.done;
    said.textContent = now.done.toLocaleString("en-GB");
    if (now.state === "done") {
      window.location.reload();
      return;
    }
  } catch {
    // A dropped connection is no news about the work; ask again.
  }
  setTimeout(look, 1000);
}

if (place) look();
