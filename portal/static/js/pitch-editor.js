// The pitch editor: an answer's field shows where there is an objection; a word before leaving with changes.
const form = document.querySelector("[data-pitch-editor]");
for (const part of form.querySelectorAll("fieldset")) {
  const kind = part.querySelector("select");
  const answer = part.querySelector("[data-answer]");
  const show = () => { answer.hidden = kind.value !== "objection" && !answer.querySelector("textarea").value; };
  kind.addEventListener("change", show);
  show();
}
let isChanged = false;
form.addEventListener("input", () => { isChanged = true; });
form.addEventListener("submit", () => { isChanged = false; });
window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
