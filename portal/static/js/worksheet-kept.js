// What is not saved yet is kept in this browser, under the person and the worksheet, until the server has said that it is
// saved; each tab keeps its own. Private windows and full disks refuse, and then the page says so.
import { form } from "./worksheet-fields.js";

const drawer = `worksheet-${form.dataset.person}-${form.dataset.worksheet}-`;
const key = drawer + crypto.getRandomValues(new Uint32Array(1))[0];

export function keep(changes) {
  try {
    if (Object.keys(changes).length) localStorage.setItem(key, JSON.stringify(changes));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

// What earlier visits could not send: pairs of a name in the drawer and its changes.
export function leftover() {
  try {
    const keys = Object.keys(localStorage).filter((name) => name.startsWith(drawer) && name !== key);
    return keys.map((name) => [name, JSON.parse(localStorage.getItem(name))]);
  } catch {
    return [];
  }
}

// What is left of an earlier visit's changes once the others are in the page.
export function leave(name, rest) {
  if (Object.keys(rest).length) localStorage.setItem(name, JSON.stringify(rest));
  else localStorage.removeItem(name);
}
