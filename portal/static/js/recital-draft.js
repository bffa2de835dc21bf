// A typed recital is kept as it is typed; what another tab saved is never overwritten.
const form = document.querySelector("[data-draft]");
const text = form.elements.text;
const version = form.elements.version;
const state = form.querySelector("[data-saved]");
const token = document.querySelector("meta[name=csrf-token]").content;

let wait = 0;
let kept = text.value;
let isSending = false;
const tell = (words, kind = "") => {
  state.textContent = words;
  state.dataset.state = kind;
};

async function keep() {
  if (isSending || text.value === kept) return;
  isSending = true;
  const sent = text.value;
  try {
    const answer = await fetch(form.dataset.draft, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ text: sent, version: Number(version.value) }),
    });
    const said = await answer.json();
    if (answer.ok) {
      kept = sent;
      version.value = said.version;
      tell(said.saved);
    } else {
      tell(answer.status === 409 ? "Changed in another tab since. Press Save to see both." : said.error, "conflict");
    }
  } catch {
    tell("Not saved yet: the connection is gone. What you write stays here.", "failed");
    wait = setTimeout(keep, 5000);
  }
  isSending = false;
  if (text.value !== sent) later();
}

function later() {
  clearTimeout(wait);
  wait = setTimeout(keep, 1200);
}

text.addEventListener("input", () => {
  tell("Not saved yet");
  later();
});
form.addEventListener("submit", () => {
  clearTimeout(wait);
  kept = text.value;
});
window.addEventListener("beforeunload", (event) => { if (text.value !== kept) event.preventDefault(); });
