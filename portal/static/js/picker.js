// Suggests records while somebody types into a field with data-pick (the address of suggestions); what was chosen is
// kept in the hidden field that data-into names. Without this script, or without choosing, the words alone are sent.
const WAIT = 150;

const attach = (input) => {
  const into = document.getElementById(input.dataset.into);
  const list = Object.assign(document.createElement("ul"), { className: "suggestions", id: `${input.id}-options`, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  input.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id], ["autocomplete", "off"]]) {
    input.setAttribute(name, value);
  }
  let found = [], at = -1, timer, asked = 0;

  const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const mark = (next) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = (next + found.length) % found.length;
    const option = list.children[at];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };
  const choose = (one) => {
    input.value = one.name;
    if (into) into.value = one.id;
    close();
    input.dispatchEvent(new CustomEvent("picked", { bubbles: true, detail: one }));
    (into ?? input).dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const show = (options) => {
    found = options;
    list.replaceChildren(...found.map((one, place) => {
      const option = Object.assign(document.createElement("li"), { id: `${list.id}-${place}` });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.append(Object.assign(document.createElement("span"), { textContent: one.name }));
      if (one.detail) option.append(Object.assign(document.createElement("small"), { textContent: one.detail }));
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(one); });
      return option;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!!found.length));
  };
  const ask = async () => {
    const mine = ++asked, joined = input.dataset.pick.includes("?") ? "&" : "?";
    try {
      const answer = await fetch(`${input.dataset.pick}${joined}q=${encodeURIComponent(input.value.slice(0, 80))}`);
      if (answer.ok && mine === asked && document.activeElement === input) show(await answer.json());
    } catch { close(); }
  };

  input.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    if (into) into.value = "";
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) { ask(); event.preventDefault(); return; }
    if (list.hidden) return;
    if (event.key === "ArrowDown") { mark(at + 1); event.preventDefault(); }
    if (event.key === "ArrowUp") { mark(at - 1); event.preventDefault(); }
    if (event.key === "Enter" && at >= 0) { choose(found[at]); event.preventDefault(); }
    if (event.key === "Escape") { close(); event.preventDefault(); event.stopPropagation(); }
  });
  input.addEventListener("blur", close);
};

const attachAll = (within = document) => within.querySelectorAll("[data-pick]:not([role=combobox])").forEach(attach);
attachAll();
document.addEventListener("rows-added", (event) => attachAll(event.target));
