// Links to what is in the portal: the toolbar's button or [[ opens a search; what is chosen becomes a link in the text.
import { form, insert, source } from "./editor-form.js";

const dialog = document.querySelector("[data-link-dialog]");
let place = [0, 0];

function open(from, to) {
  place = [from, to];
  dialog.querySelectorAll("input").forEach((field) => { field.value = ""; });
  dialog.showModal();
  dialog.querySelector("input").focus();
}

const bare = (words) => words.replace(/[[\]\\]/g, "\\$&").replace(/\s+/g, " ").trim();

dialog.addEventListener("picked", ({ target, detail }) => {
  const isClaim = target.id === "link-pitch";
  const chosen = source.value.slice(...place).replace(/^\[\[/, "");
  const words = chosen || detail.name;
  dialog.close();
  insert(`[${bare(words)}](${isClaim ? `/pitch/${detail.id.split("/")[0]}` : `/library/${detail.id}`})`, ...place);
  if (isClaim) {
    // Whoever rewords the claim is then told that this item uses it.
    const claims = form.elements.claim;
    const used = claims.value.split(",").map((one) => one.trim()).filter(Boolean);
    if (!used.includes(detail.id)) claims.value = [...used, detail.id].join(", ");
    claims.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
dialog.addEventListener("close", () => source.focus());

form.querySelector("[data-mark=page]").addEventListener("click", () => open(source.selectionStart, source.selectionEnd));
source.addEventListener("input", (event) => {
  const at = source.selectionStart;
  if (event.data === "[" && source.value.slice(at - 2, at) === "[[") open(at - 2, at);
});
