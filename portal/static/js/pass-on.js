// Hands the address in the field that data-pass-on names to the device's own way of sending things: a message, a mail, a
// chat. Where there is none the button stays away.
for (const button of document.querySelectorAll("[data-pass-on]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const url = document.getElementById(button.dataset.passOn).value;
    try {
      await navigator.share({ title: button.dataset.title, url });
    } catch (error) {
      if (error.name !== "AbortError") button.hidden = true; // whoever thinks again presses once more
    }
  });
}
