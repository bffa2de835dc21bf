// A note to a contact: what is changed on the page goes into the mail, it can be copied, and then it is asked for.
const note = document.querySelector("[data-note]");
const mail = document.querySelector("[data-mail]");
const after = document.querySelector("[data-after]");
const said = document.querySelector("[data-copied]");
const copy = document.querySelector("[data-copy]");
// Characters of an address, with everything spelled out; Windows and some mail programs take no more.
const LONGEST = 1900;
const TOO_LONG = "It is too long for your mail program to take from here";

const ask = () => { after.classList.add("is-asking"); after.scrollIntoView({ block: "nearest" }); };
const copied = async (yes, no) => {
  try {
    await navigator.clipboard.writeText(note.value);
    said.textContent = yes;
  } catch {
    note.select();
    said.textContent = no;
  }
};

mail?.addEventListener("click", () => {
  const begun = `${mail.href.split("?")[0]}?subject=${encodeURIComponent(note.dataset.subject)}`;
  const whole = `${begun}&body=${encodeURIComponent(note.value.replace(/\r?\n/g, "\r\n"))}`;
  const fits = whole.length <= LONGEST;
  mail.href = fits ? whole : begun;
  said.textContent = "";
  if (!fits) copied(`${TOO_LONG}, so it is copied: paste it into the mail.`, `${TOO_LONG}. It is selected; copy it, then paste it into the mail.`);
  setTimeout(ask, 300);
});

if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await copied("Copied.", "It is selected; copy it with your keyboard.");
    ask();
  });
}
