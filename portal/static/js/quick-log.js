// A file dropped anywhere on the page is looked at; and whether the key L leads here is one's own choice.
const drop = document.querySelector("[data-drop]"), input = drop?.querySelector("input[type=file]");
const hasFile = (event) => [...event.dataTransfer?.types ?? []].includes("Files");

document.addEventListener("dragover", (event) => {
  if (!drop || !hasFile(event)) return;
  event.preventDefault();
  drop.classList.add("is-over");
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop?.classList.remove("is-over"); });
document.addEventListener("drop", (event) => {
  if (!drop || !hasFile(event)) return;
  event.preventDefault();
  input.files = event.dataTransfer.files;
  if (input.files.length) input.form.requestSubmit();
});
input?.addEventListener("change", () => { if (input.files.length) input.form.requestSubmit(); });

const key = document.querySelector("[data-key-l]"), box = key?.querySelector("input");
if (key) {
  key.hidden = false;
  box.checked = localStorage.getItem("key-l") !== "off";
  box.addEventListener("change", () => localStorage.setItem("key-l", box.checked ? "on" : "off"));
}
