// Tells once that somebody looks at a page of a link: after some seconds on the screen and a movement, or when they leave
// without one; the portal judges. Nobody needs it to read, and it keeps nothing in the browser.
const page = document.querySelector("[data-opens]");
const LOOK = 5, LONG = 20;
const signs = new Set();
let seconds = 0, said = "";

const tell = (pressed = "") => {
  const state = `${[...signs].sort().join(" ")}|${pressed}`;
  if (said === state) return;
  said = state;
  const fields = { ticket: page.dataset.ticket, pass: page.dataset.pass, seconds, signs: [...signs].join(" "), pressed, driven: navigator.webdriver ? "yes" : "no" };
  fetch(page.dataset.opens, { method: "POST", body: new URLSearchParams(fields), keepalive: true }).catch(() => {});
};

if (page) {
  const heard = { pointermove: "pointer", pointerdown: "pointer", touchstart: "touch", keydown: "key", wheel: "scroll", scroll: "scroll" };
  for (const [event, sign] of Object.entries(heard)) {
    addEventListener(event, (given) => { if (given.isTrusted) signs.add(sign); }, { passive: true });
  }
  let wasHidden = false, isDone = false;
  const clock = setInterval(() => {
    if (document.visibilityState !== "visible") return;
    seconds += 1;
    if (!isDone && ((seconds >= LOOK && signs.size > 0) || seconds === LONG)) {
      isDone = signs.size > 0;
      tell();
    }
    if (isDone) clearInterval(clock);
  }, 1000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      wasHidden = true;
      if (!isDone && seconds > 0) tell();
    } else if (wasHidden) signs.add("return");
  });
  for (const link of document.querySelectorAll("[data-press]")) link.addEventListener("click", () => tell(link.dataset.press));
}
