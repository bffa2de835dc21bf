// Moments of a recording: a remark leads to the place it speaks of, and the place that plays goes into a field.
const sound = document.querySelector("[data-player] audio, [data-player] video");
if (sound) {
  // What a browser records doesn't say how long it is; going to its end once tells, and then one can jump in it.
  sound.addEventListener("loadedmetadata", () => {
    if (Number.isFinite(sound.duration)) return;
    sound.addEventListener("durationchange", () => { sound.currentTime = 0; }, { once: true });
    sound.currentTime = 1e7;
  }, { once: true });
  for (const button of document.querySelectorAll("[data-jump]")) {
    button.addEventListener("click", () => {
      sound.currentTime = Number(button.dataset.jump);
      sound.play();
    });
  }
  for (const button of document.querySelectorAll("[data-now]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const second = Math.floor(sound.currentTime);
      document.querySelector(button.dataset.now).value = `${Math.floor(second / 60)}:${String(second % 60).padStart(2, "0")}`;
    });
  }
}
