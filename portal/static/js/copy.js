// Copies the value of the field that data-copy names; where the browser can't, the button stays away.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(field.value);
    field.select();
    const said = document.querySelector("[data-copied]");
    if (said) said.hidden = false;
  });
}
