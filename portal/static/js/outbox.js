// Answers that wait for the network. They are kept on this device under the person's id, sent in their order when it
// returns, and taken out only once the portal has said what became of each; sending one twice counts once.
const place = document.querySelector("[data-outbox]");
const shelf = `drill-answers-${place?.dataset.outbox}`;
const PATIENCE = 15000;
const MOST = 200;
let isSending = false;

export function waiting() {
  try {
    return JSON.parse(localStorage.getItem(shelf)) ?? [];
  } catch {
    return [];
  }
}

export function put(answer) {
  localStorage.setItem(shelf, JSON.stringify([...waiting(), answer]));
  tell();
}

export function takeBackLast() {
  const kept = waiting();
  const last = kept.pop();
  localStorage.setItem(shelf, JSON.stringify(kept));
  tell();
  return last;
}

function tell(words = "") {
  if (!place) return;
  const n = waiting().length;
  const wait = `${n} ${n === 1 ? "answer waits" : "answers wait"} for the network. ${n === 1 ? "It is" : "They are"} kept on this device.`;
  place.textContent = words || (n ? wait : "");
  place.hidden = !place.textContent;
}

export async function send() {
  const answers = waiting().slice(0, MOST);
  if (!answers.length || isSending) return;
  isSending = true;
  try {
    const answer = await fetch("/drills/answers", {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content,
      },
      body: JSON.stringify({ answers }),
    });
    if (answer.ok) arrived((await answer.json()).outcomes);
    else tell(`${answers.length === 1 ? "One answer is" : `${answers.length} answers are`} kept on this device and not sent yet. Reload the page, and sign in again if you are asked to.`);
  } catch {
    tell();
  } finally {
    isSending = false;
  }
}

function arrived(outcomes) {
  localStorage.setItem(shelf, JSON.stringify(waiting().filter((answer) => !(answer.key in outcomes))));
  const told = Object.values(outcomes);
  const gone = told.filter((outcome) => outcome === "gone").length;
  const dated = told.filter((outcome) => outcome === "dated").length;
  const n = told.length - gone;
  const clock = dated ? ` ${dated === n ? "Counted" : `${dated} counted`} from now, because the clock of this device is off.` : "";
  tell(`${n} ${n === 1 ? "answer" : "answers"} sent.${clock}${gone ? ` ${gone} belonged to cards that are not yours any more.` : ""}`);
  document.dispatchEvent(new CustomEvent("answers-sent"));
}

if (place) {
  tell();
  send();
  window.addEventListener("online", send);
  setInterval(send, PATIENCE);
}
