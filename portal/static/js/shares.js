// Says while one types what the shares add up to.
const points = (text) => {
  const found = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\s*$/.exec(text);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : 0;
};
const said = (value) => `${(value / 100).toFixed(2).replace(/\.?0+$/, "")}%`;

for (const rows of document.querySelectorAll("[data-shares]")) {
  const total = rows.parentElement.querySelector("[data-total]");
  const add = () => {
    const sum = [...rows.querySelectorAll(".percent input")].reduce((so_far, input) => so_far + points(input.value), 0);
    const off = sum - 10000;
    total.textContent = off ? `Together ${said(sum)}: ${said(Math.abs(off))} ${off > 0 ? "too much" : "are missing"}.` : "Together 100%.";
    total.classList.toggle("due", off !== 0);
  };
  rows.addEventListener("input", add);
  add();
}
