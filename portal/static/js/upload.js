// Sending a recording so that a break loses nothing: in pieces, each with its SHA-256, going on from what the server has.
const token = () => document.querySelector("meta[name=csrf-token]").content;
const PATIENCE = [500, 1000, 2000, 4000, 8000, 15000];

export class Refused extends Error {}

async function hex(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function ask(address, { method = "POST", json, body, headers = {} } = {}) {
  const given = { Accept: "application/json", "X-CSRFToken": token(), ...headers };
  if (json) given["Content-Type"] = "application/json";
  const answer = await fetch(address, { method, headers: given, body: json ? JSON.stringify(json) : body });
  if (answer.redirected) throw new Refused("You were signed out. Sign in in another tab, then press Keep again; the recording is still here.");
  if (answer.status >= 500) throw new Error(`The server answered ${answer.status}`);
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok && answer.status !== 409) throw new Refused(said.error || "The server did not take it. Try once more.");
  return said;
}

// Once more after a break, with longer pauses; when the network comes back, at once.
async function patiently(work, onBreak) {
  for (let broken = 0; ; broken++) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refused) throw error;
      onBreak();
      await new Promise((resume) => {
        const wait = setTimeout(done, PATIENCE[Math.min(broken, PATIENCE.length - 1)]);
        function done() {
          clearTimeout(wait);
          window.removeEventListener("online", done);
          resume();
        }
        window.addEventListener("online", done);
      });
    }
  }
}

export async function send(blob, { begin, key, chunk, onProgress = () => {}, onBreak = () => {} }) {
  let standing = await patiently(() => ask(begin, { json: { key, total: blob.size, type: blob.type } }), onBreak);
  const address = `/recitals/recordings/${standing.id}`;
  while (standing.received < blob.size) {
    standing = await patiently(async () => {
      const piece = await blob.slice(standing.received, standing.received + chunk).arrayBuffer();
      const answer = await ask(`${address}?offset=${standing.received}`, {
        body: piece,
        headers: { "Content-Type": "application/octet-stream", "X-Piece-SHA256": await hex(piece) },
      });
      return { ...standing, received: answer.received };
    }, onBreak);
    onProgress(standing.received / blob.size);
  }
  const sha256 = await hex(await blob.arrayBuffer());
  return patiently(() => ask(`${address}/finish`, { json: { sha256 } }), onBreak);
}
