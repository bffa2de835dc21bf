// Buttons that copy the words of an element, and count that they did: data-copies is its id, data-counts the address.
for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const said = button.parentElement.querySelector("[role=status]");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
      said.textContent = "Copied.";
      const token = document.querySelector("meta[name=csrf-token]").content;
      await fetch(button.dataset.counts, { method: "POST", headers: { "X-CSRFToken": token } });
    } catch {
      said.textContent = "That didn’t work. Select the words and copy them with your keyboard.";
    }
  });
}
