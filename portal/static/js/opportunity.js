// When a contact is chosen, where they work is filled in, unless something stands there already.
document.addEventListener("picked", ({ target, detail }) => {
  const organisation = document.getElementById("organisation");
  if (target.id === "contact" && organisation && !organisation.value && detail.detail) organisation.value = detail.detail;
});
