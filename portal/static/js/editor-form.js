// The editor's form, and putting words into its text so that undo takes them back.
export const form = document.querySelector("[data-editor]");
export const source = form.elements.source;
export const token = document.querySelector("meta[name=csrf-token]").content;

export function changed() {
  source.dispatchEvent(new Event("input", { bubbles: true }));
}

// Replaces what is selected, or the part between two places. insertText rather than value =, so that undo works.
export function insert(words, from = source.selectionStart, to = source.selectionEnd) {
  source.focus();
  source.setSelectionRange(from, to);
  const done = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
  if (!done) {
    source.setRangeText(words, from, to, "end");
    changed();
  }
}

// Begins a block on a line of its own, with an empty line before it.
export function gapBefore(at) {
  const before = source.value.slice(0, at);
  return !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
}
