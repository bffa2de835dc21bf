// Marks for Markdown: the toolbar, and lists that go on by themselves.
import { form, gapBefore, insert, source } from "./editor-form.js";

const AROUND = { bold: ["**", "**", "bold words"], italic: ["*", "*", "words"], link: ["[", "](https://)", "words of the link"] };
const LINES = { heading: ["## ", "Heading"], list: ["- ", "first point"], numbers: ["1. ", "first step"], quote: ["> ", "what was said"] };
const BLOCKS = {
  table: ["| What | How many |\n| --- | --- |\n| first | 1 |\n", "What"],
  note: ['!!! note "Title"\n    what to keep in mind\n', "what to keep in mind"],
};

function around([before, after, words]) {
  const { selectionStart: start, selectionEnd: end, value } = source;
  const chosen = value.slice(start, end);
  if (chosen && value.slice(start - before.length, start) === before && value.slice(end, end + after.length) === after) {
    insert(chosen, start - before.length, end + after.length);
    source.setSelectionRange(start - before.length, end - before.length);
    return;
  }
  const inside = chosen || words;
  insert(before + inside + after);
  // In a link it is the address that is still missing, once its words are there.
  const at = chosen && after.includes("https://") ? [start + before.length + inside.length + 2, start + before.length + inside.length + 10] : [start + before.length, start + before.length + inside.length];
  source.setSelectionRange(...at);
}

function lines([mark, words], name) {
  const { selectionStart: start, selectionEnd: end, value } = source;
  const chosen = value.slice(start, end).trim();
  if (!chosen) {
    const gap = gapBefore(start);
    insert(`${gap}${mark}${words}\n`);
    source.setSelectionRange(start + gap.length + mark.length, start + gap.length + mark.length + words.length);
    return;
  }
  const marked = chosen.split("\n").map((line, at) => (name === "numbers" ? `${at + 1}. ` : mark) + line).join("\n");
  insert(gapBefore(start) + marked + "\n");
}

function block([text, words]) {
  const start = source.selectionStart;
  const gap = gapBefore(start);
  insert(gap + text, start, source.selectionEnd);
  const at = start + gap.length + text.indexOf(words);
  source.setSelectionRange(at, at + words.length);
}

export function press(name) {
  if (AROUND[name]) around(AROUND[name]);
  else if (LINES[name]) lines(LINES[name], name);
  else if (BLOCKS[name]) block(BLOCKS[name]);
}

const toolbar = form.querySelector(".toolbar");
toolbar.hidden = false;
toolbar.addEventListener("click", ({ target }) => press(target.dataset.mark));

// Enter goes on with a list or a quotation; on an empty entry it ends it.
source.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const { selectionStart: start, selectionEnd: end, value } = source;
  if (start !== end) return;
  const begins = value.lastIndexOf("\n", start - 1) + 1;
  const found = value.slice(begins, start).match(/^(\s*)([-*+]|(\d{1,3})\.|>)(\s+)(.*)$/);
  if (!found) return;
  event.preventDefault();
  const [, indent, mark, number, space, words] = found;
  if (words.trim()) insert(`\n${indent}${number ? `${Number(number) + 1}.` : mark}${space}`);
  else insert("", begins, start);
});
