// What every page has: ask once before something destructive, focus the error summary, fill a demo sign-in.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.ask;
  if (question && !window.confirm(question)) event.preventDefault();
});

document.querySelector("[data-focus]")?.focus();

for (const button of document.querySelectorAll("[data-fill-email]")) {
  button.addEventListener("click", () => {
    document.querySelector("#email").value = button.dataset.fillEmail;
    const password = document.querySelector("#password");
    password.value = "demo-portal";
    password.focus();
  });
}

// A form is sent once, however often its button is pressed; coming back to the page opens it again.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  setTimeout(() => event.target.querySelectorAll("button").forEach((button) => { button.disabled = true; }));
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form button[disabled]").forEach((button) => { button.disabled = false; });
});

// The key L leads to the quick log from anywhere, save while one types; the page itself says how to turn that off.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable], [role=combobox], dialog, [data-keys]");
  if (event.key !== "l" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing) return;
  if (!document.querySelector("nav.bar") || localStorage.getItem("key-l") === "off") return;
  location.assign("/log");
});
