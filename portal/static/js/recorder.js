// The recorder: say the limits, record, listen, discard or keep; a file takes the same way in.
import { Refused, send } from "./upload.js";

const FORMATS = {
  audio: ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"],
  video: ["video/webm;codecs=vp9,opus", "video/webm;codecs=vp8,opus", "video/webm", "video/mp4"],
};
const box = document.querySelector("[data-recorder]");
const part = (name) => box.querySelector(`[data-${name}]`);
const medium = box.dataset.medium;
const most = Number(box.dataset.seconds);
const said = (second) => `${Math.floor(second / 60)}:${String(Math.floor(second % 60)).padStart(2, "0")}`;
const tell = (words, state = "") => {
  part("said").textContent = words;
  part("said").dataset.state = state;
};
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const canRecord = Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
const byFile = document.querySelector("[data-by-file]");
if (!canRecord) {
  part("record").hidden = true;
  byFile.open = true;
  tell("This browser can't record. Use a file, or begin a typed recital.");
}

let recorder, stream, blob, key, ticking, stopMeter;

function show(state) {
  for (const [name, states] of Object.entries({ record: ["idle", "kept"], stop: ["recording"], keep: ["recorded"], drop: ["recorded"], listen: ["recorded"] })) {
    part(name).hidden = !states.includes(state);
  }
}

async function record() {
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: medium === "video" && { width: { ideal: 1280 } } });
  } catch (error) {
    const isForbidden = error.name === "NotAllowedError";
    tell(isForbidden ? "Your browser keeps the microphone closed for this page. Allow it in the address bar, or use a file." : "No microphone was found. Plug one in, or use a file.", "failed");
    byFile.open = true;
    return;
  }
  const mimeType = FORMATS[medium].find((format) => MediaRecorder.isTypeSupported(format));
  const pieces = [];
  recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: 64000, videoBitsPerSecond: 1200000 });
  recorder.addEventListener("dataavailable", ({ data }) => { if (data.size) pieces.push(data); });
  recorder.addEventListener("stop", () => recorded(new Blob(pieces, { type: recorder.mimeType || mimeType || "" })));
  recorder.start(1000);
  const began = performance.now();
  ticking = setInterval(() => {
    const second = (performance.now() - began) / 1000;
    part("clock").textContent = said(Math.min(second, most));
    if (second >= most) stop();
  }, 200);
  stopMeter = meter();
  const mirror = part("mirror");
  if (mirror) {
    mirror.srcObject = stream;
    mirror.hidden = false;
    mirror.play();
  }
  tell("Recording. It stops by itself at the end.");
  show("recording");
  part("stop").focus();
}

function meter() {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const wave = new Uint8Array(analyser.fftSize);
  const looking = setInterval(() => {
    analyser.getByteTimeDomainData(wave);
    part("level").value = Math.min(1, Math.max(...wave.map((value) => Math.abs(value - 128))) / 64);
  }, 100);
  return () => {
    clearInterval(looking);
    context.close();
    part("level").value = 0;
  };
}

function stop() {
  if (recorder?.state !== "recording") return;
  clearInterval(ticking);
  stopMeter();
  recorder.stop();
  stream.getTracks().forEach((track) => track.stop());
  if (part("mirror")) part("mirror").hidden = true;
}

function recorded(made) {
  blob = made;
  key = newKey();
  const player = document.createElement(medium);
  player.controls = true;
  player.src = URL.createObjectURL(blob);
  player.setAttribute("aria-label", "What you just recorded");
  part("listen").replaceChildren(player);
  show("recorded");
  tell("Listen to it. It is only in this browser until you keep it.");
  part("keep").focus();
}

function drop() {
  if (!window.confirm("Discard this recording? It was not kept, so it can't come back.")) return;
  blob = undefined;
  part("listen").replaceChildren();
  part("clock").textContent = "0:00";
  show("idle");
  tell("Discarded.");
}

async function keep() {
  if (blob.size === 0) return tell("Nothing was recorded. Check the microphone, and record again.", "failed");
  if (blob.size > Number(box.dataset.largest)) return tell("This is larger than 50 MB. Record it shorter, or with sound only.", "failed");
  part("keep").disabled = part("drop").disabled = true;
  part("progress").hidden = false;
  tell("Sending.");
  try {
    const answer = await send(blob, {
      begin: box.dataset.begin,
      key,
      chunk: Number(box.dataset.chunk),
      onProgress: (share) => { part("progress").value = share; tell(`Sending, ${Math.round(share * 100)} %.`); },
      onBreak: () => tell("The connection broke. It goes on by itself from where it stopped; keep this page open.", "failed"),
    });
    if (!answer.saved) throw new Refused("It was not saved. Try once more.");
    blob = undefined;
    tell("Saved.");
    window.location.assign(answer.page);
  } catch (error) {
    tell(error instanceof Refused ? error.message : "It could not be sent. Press Keep once more; the recording is still here.", "failed");
    if (error instanceof Refused) key = newKey();
  } finally {
    part("keep").disabled = part("drop").disabled = false;
  }
}

part("record").addEventListener("click", record);
part("stop").addEventListener("click", stop);
part("keep").addEventListener("click", keep);
part("drop").addEventListener("click", drop);
window.addEventListener("beforeunload", (event) => { if (blob || recorder?.state === "recording") event.preventDefault(); });

// A file goes the same way in, so that it may be larger than a form takes, and resumes.
byFile.querySelector("[data-file-form]").addEventListener("submit", (event) => {
  const [file] = event.target.elements.file.files;
  event.preventDefault();
  if (!file) return tell("Choose a file first.", "failed");
  blob = file;
  key = newKey();
  keep();
});

// Last, so that what can be seen can be pressed.
box.hidden = false;
