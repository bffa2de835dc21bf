// Practice without reloading: a card is answered in the background and swapped. Keys act only while the practice area has
// the focus, so that they stay out of the way of speech input. Whatever fails falls back to the plain forms.
const area = document.querySelector("[data-drill]");
let isBusy = false;

function find(name) {
  return area.querySelector(`[data-${name}]`);
}

function settle() {
  const keys = find("keys");
  if (keys) keys.hidden = false;
  (find("focus") ?? (area.querySelector(".chosen, .right") ? find("back") : find("front")) ?? area).focus({ preventScroll: true });
}

async function swap(address, options, fallBack) {
  if (isBusy) return;
  isBusy = true;
  try {
    const answer = await fetch(address, { ...options, headers: { Accept: "application/json" } });
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error("not a card");
    const { html } = await answer.json();
    if (!html) throw new Error("not a card");
    area.innerHTML = html;
    settle();
  } catch {
    fallBack();
  } finally {
    isBusy = false;
  }
}

area.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-grades], [data-undo], [data-options]")) return;
  event.preventDefault();
  const fields = new FormData(form);
  if (event.submitter?.name) fields.set(event.submitter.name, event.submitter.value);
  const plainly = () => {
    for (const [name, value] of fields) {
      if (!form.querySelector(`input[name="${name}"]`)) {
        form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      }
    }
    form.submit();
  };
  if (form.method === "get") swap(`${form.action}?${new URLSearchParams(fields)}`, {}, plainly);
  else swap(form.action, { method: "POST", body: fields }, plainly);
});

area.addEventListener("toggle", (event) => {
  if (event.target.matches("[data-answer]") && event.target.open) find("back").focus({ preventScroll: true });
}, true);

document.addEventListener("keydown", (event) => {
  if (!area.contains(document.activeElement) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const details = find("answer");
  if (event.key === " " && details && !details.open && !event.target.closest("button, summary, a")) {
    event.preventDefault();
    details.open = true;
  } else if (/^[1-4]$/.test(event.key) && (!details || details.open)) {
    area.querySelector(`[name="rating"][value="${event.key}"], [name="chosen"][value="${event.key}"]`)?.click();
  } else if (event.key === "u") {
    find("undo")?.requestSubmit();
  }
});

settle();
