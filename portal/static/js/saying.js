// A note to a contact: what is changed on the page goes into the mail, it can be copied, and then it is asked for.
const note = document.querySelector("[data-note]");
const mail = document.querySelector("[data-mail]");
const after = document.querySelector("[data-after]");
const LONGEST = 1600;

const ask = () => { after.classList.add("is-asking"); after.scrollIntoView({ block: "nearest" }); };

mail?.addEventListener("click", () => {
  const address = mail.href.split("?")[0];
  const body = note.value.slice(0, LONGEST).replace(/\r?\n/g, "\r\n");
  mail.href = `${address}?subject=${encodeURIComponent(note.dataset.subject)}&body=${encodeURIComponent(body)}`;
  setTimeout(ask, 300);
});

const copy = document.querySelector("[data-copy]");
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const said = document.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(note.value);
      said.textContent = "Copied.";
      ask();
    } catch {
      note.select();
      said.textContent = "It is selected; copy it with your keyboard.";
    }
  });
}
