// A table that is filled in like a sheet (form[data-grid]): Enter and the arrows go along a column, Ctrl+Enter saves.
export const gridOf = (element) => element.closest?.("form[data-grid]");
export const cellOf = (row, kind) => row.querySelector(`[data-cell="${kind}"]`);
export const rowsOf = (grid) => [...grid.querySelectorAll("[data-row]")];

export function say(grid, text) {
  grid.querySelector("[data-said]").textContent = text;
}

export function worded(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

document.addEventListener("keydown", (event) => {
  if (isComposing(event)) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return save(event);
  const cell = event.target.closest?.("[data-cell]");
  if (!cell || !gridOf(cell) || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter") enter(event, cell);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") arrow(event, cell);
});

// Enter that chooses a word of an input method is not ours.
function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

function save(event) {
  const grid = document.querySelector("form[data-grid]");
  if (!grid || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  grid.requestSubmit();
}

function enter(event, cell) {
  if (cell.type === "file") return; // opens the chooser
  const isWords = cell.tagName === "TEXTAREA";
  if (isWords && event.shiftKey) return; // a new line
  event.preventDefault();
  if (isWords && event.altKey) return document.execCommand("insertText", false, "\n"); // as in Excel
  step(cell, event.shiftKey ? -1 : 1);
}

function arrow(event, cell) {
  if (event.shiftKey || event.altKey) return;
  const by = event.key === "ArrowDown" ? 1 : -1;
  if (cell.tagName !== "TEXTAREA") {
    event.preventDefault();
    return step(cell, by);
  }
  // Inside longer words the caret moves first; where it can go no further, the cell changes.
  const caret = cell.selectionStart;
  setTimeout(() => cell.selectionStart === caret && step(cell, by));
}

function step(cell, by) {
  const rows = rowsOf(gridOf(cell));
  const next = rows[rows.indexOf(cell.closest("[data-row]")) + by];
  if (!next) return;
  const target = cellOf(next, cell.dataset.cell);
  target.focus();
  if (target.type === "text") target.select();
}
