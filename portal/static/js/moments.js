// Moments of a recording: a remark leads to the place it speaks of, and the place that plays goes into a field.
const sound = document.querySelector("[data-player] audio, [data-player] video");
if (sound) {
  // What a browser records doesn't say how long it is; going to its end once tells, and then one can jump in it.
  const ready = new Promise((resolve) => {
    const look = () => {
      if (Number.isNaN(sound.duration)) return;
      if (sound.duration === Infinity) {
        sound.currentTime = 1e7;
        return;
      }
      sound.removeEventListener("loadedmetadata", look);
      sound.removeEventListener("durationchange", look);
      if (sound.paused) sound.currentTime = 0;
      resolve();
    };
    sound.addEventListener("loadedmetadata", look);
    sound.addEventListener("durationchange", look);
    look();
  });
  for (const button of document.querySelectorAll("[data-jump]")) {
    button.addEventListener("click", async () => {
      await ready;
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
