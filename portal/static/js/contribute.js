// Saves a piece while somebody writes: three seconds after the last key, and never over a co-author's words. The server
// decides that; what cannot be saved by itself waits for the Save button.
const form = document.querySelector("[data-autosave]");
const said = document.querySelector("[data-saved]");
const WAIT = 3000;
let timer, isSaving = false, isStopped = false;

const save = async () => {
  if (isSaving || isStopped) return;
  isSaving = true;
  const body = new FormData(form);
  body.set("do", "save");
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (answer.ok) {
      form.elements.base.value = told.base;
      said.dataset.state = "saved";
      said.textContent = "Saved.";
    } else {
      isStopped = answer.status === 409;
      said.dataset.state = "failed";
      said.textContent = told.error ?? "Not saved yet. Press Save.";
    }
  } catch {
    said.dataset.state = "failed";
    said.textContent = "No connection: not saved yet. It tries again as you go on.";
  }
  isSaving = false;
};

form?.addEventListener("input", () => {
  said.dataset.state = "";
  said.textContent = "Not saved yet.";
  clearTimeout(timer);
  timer = setTimeout(save, WAIT);
});
form?.addEventListener("submit", () => { isStopped = true; clearTimeout(timer); });
