// Pictures and files by drag, drop, paste and the plain field: sent at once, shown on their way, put into the text with a
// description. A new item becomes a draft first, so that its files have somewhere to be.
import { changed, form, insert, source, token } from "./editor-form.js";
import { movedTo } from "./editor-kept.js";

const line = form.querySelector("[data-upload]");
const dialog = document.querySelector("[data-alt-dialog]");
const words = dialog.querySelector("input");
const place = () => document.querySelector("[data-files]");
const SHOWN_AFTER = 1000;

const tell = (text, kind = "") => {
  line.hidden = !text;
  line.textContent = text;
  line.dataset.state = kind;
};

async function asDraft() {
  if (place().dataset.files) return place().dataset.files;
  const answer = await fetch("/studio/items/new/draft", {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token },
    body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error);
  movedTo(said);
  place().dataset.files = `${said.address}/files`;
  return place().dataset.files;
}

function send(address, file) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const began = Date.now();
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      if (Date.now() - began < SHOWN_AFTER) return;
      const percent = Math.floor((100 * loaded) / total);
      tell(percent < 100 ? `${file.name}: ${percent} percent sent` : `${file.name} is being looked at`);
    });
    request.addEventListener("load", () => {
      let said = {};
      try {
        said = JSON.parse(request.responseText);
      } catch {
        // What is no JSON is told below.
      }
      if (request.status === 200) resolve(said);
      else reject(new Error(said.error || `${file.name} was not taken. Reload the page, and sign in again if you are asked to.`));
    });
    request.addEventListener("error", () => reject(new Error(`${file.name} was not sent: no connection. Try again when it is back.`)));
    const body = new FormData();
    body.append("file", file, file.name || "picture.png");
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token);
    request.send(body);
  });
}

function described(name) {
  words.value = "";
  dialog.querySelector("h2").textContent = name ? `Describe the picture ${name}` : "Describe the picture";
  dialog.returnValue = "";
  dialog.showModal();
  words.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "insert" ? words.value : null), { once: true });
  });
}
// Enter in a dialog presses its first button.
const bare = (text) => text.replace(/[[\]\\]/g, "\\$&").replace(/\s+/g, " ").trim();

async function put(address, name) {
  const at = [source.selectionStart, source.selectionEnd];
  const text = await described(name);
  if (text !== null) insert(`![${bare(text)}](${address})`, ...at);
}

function show(html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  place().replaceWith(fresh.content.firstElementChild);
  ready();
}

async function take(files) {
  for (const file of files) {
    try {
      tell(`${file.name || "A picture"} is on its way`);
      const said = await send(await asDraft(), file);
      show(said.html);
      tell("");
      for (const one of said.files) {
        if (one.is_picture) await put(one.address, one.name);
        else tell(`${one.name} is listed below the text.`);
      }
      changed();
    } catch (error) {
      tell(error.message, "failed");
    }
  }
}

const field = source.closest(".field");
const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
form.addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  field.classList.add("is-over");
});
form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) field.classList.remove("is-over"); });
form.addEventListener("drop", (event) => {
  field.classList.remove("is-over");
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  take([...event.dataTransfer.files]);
});
source.addEventListener("paste", (event) => {
  // Word and Excel put a picture of the words beside the words; the words are meant.
  if (!event.clipboardData?.files.length || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  take([...event.clipboardData.files]);
});

form.querySelector("[data-mark=picture]").addEventListener("click", () => {
  const chooser = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", multiple: true });
  chooser.addEventListener("change", () => take([...chooser.files]));
  chooser.click();
});

function ready() {
  for (const button of place().querySelectorAll("[data-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => put(button.dataset.insert, ""));
  }
  const adds = place().querySelector("form.adds");
  adds?.addEventListener("submit", (event) => {
    event.preventDefault();
    take([...adds.querySelector("[type=file]").files]);
  });
}
ready();
