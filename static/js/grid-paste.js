// Cells copied from Excel or WPS and pasted into a table that is filled in like a sheet: filled to the right and below.
import { cellOf, gridOf, rowsOf, say, worded } from "./grid.js";

const COLUMNS = ["percent", "note"];
const PERCENT = /^(\d{1,3})(?:\.0+)?\s*%?$/;
const CELL = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y;
let last = null; // what the newest paste changed, for undo

document.addEventListener("paste", (event) => {
  const start = event.target.closest?.("[data-cell]");
  const grid = start && gridOf(start);
  if (!grid || !COLUMNS.includes(start.dataset.cell)) return;
  const block = parsed(event.clipboardData.getData("text/plain"));
  if (!isBlock(block, event.clipboardData, start)) return;
  event.preventDefault();
  fill(grid, start, block);
});

// A cell's text with tabs, line breaks or quotes in it comes in quotes.
function parsed(text) {
  const rows = [[]];
  for (CELL.lastIndex = 0; ; ) {
    const [, quoted, plain, end] = CELL.exec(text);
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (!end) break;
    if (end !== "\t") rows.push([]);
  }
  if (rows.length > 1 && rows.at(-1).length === 1 && !rows.at(-1)[0]) rows.pop(); // the last line's own end
  return rows;
}

// Several paragraphs are one text unless they come from a table: they must not run into the next tasks' words.
function isBlock(block, clipboard, start) {
  if (block.some((row) => row.length > 1)) return true;
  const isTable = /<table\b/i.test(clipboard.getData("text/html"));
  return block.length > 1 && (isTable || start.dataset.cell === "percent");
}

function fill(grid, start, block) {
  const rows = rowsOf(grid);
  const top = rows.indexOf(start.closest("[data-row]"));
  const left = COLUMNS.indexOf(start.dataset.cell);
  const given = block.flatMap((texts, down) => texts.map((text, right) => ({ text: text.trim(), row: rows[top + down], kind: COLUMNS[left + right] })));
  const meant = given.filter(({ text }) => text); // an empty cell wipes nothing out
  const inside = meant.filter(({ row, kind }) => row && kind);
  last = inside.map(({ text, row, kind }) => write(cellOf(row, kind), kind === "percent" ? percent(text) : text));
  tell(grid, meant.length - inside.length);
}

function write(cell, after) {
  const before = cell.value;
  cell.value = after;
  cell.dispatchEvent(new Event("input", { bubbles: true }));
  return { cell, before, after: cell.value };
}

function percent(text) {
  const found = PERCENT.exec(text.normalize("NFKC").trim());
  return found ? String(Number(found[1])) : text;
}

function isWrong(cell) {
  if (cell.dataset.cell !== "percent") return false;
  const found = PERCENT.exec(cell.value.normalize("NFKC").trim());
  return !found || Number(found[1]) > 100;
}

function tell(grid, outside) {
  const wrong = last.filter(({ cell }) => isWrong(cell)).length;
  const { filled, wrong: wrongWords, outside: outsideWords } = grid.dataset;
  const parts = [worded(filled, { n: last.length })];
  if (wrong) parts.push(worded(wrongWords, { n: wrong }));
  if (outside) parts.push(worded(outsideWords, { n: outside }));
  say(grid, `${parts.join("，")}。`);
  grid.querySelector("[data-undo]").hidden = !last.length;
}

document.addEventListener("input", (event) => {
  const grid = gridOf(event.target);
  if (!grid || !event.target.dataset.cell) return;
  mark(grid, event.target);
  if (event.isTrusted && last) last.isOld = true; // from here on Ctrl+Z takes back what is typed
});

function mark(grid, cell) {
  if (cell.dataset.cell !== "percent") return;
  const wrong = isWrong(cell);
  cell.toggleAttribute("aria-invalid", wrong);
  if (wrong) cell.setAttribute("aria-invalid", "true");
  cell.title = wrong ? grid.dataset.percentWrong : "";
}

document.addEventListener("keydown", (event) => {
  const isUndo = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
  const grid = gridOf(event.target);
  if (!isUndo || !grid || !last?.length || last.isOld) return;
  event.preventDefault();
  undo(grid);
});

document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-undo]")) undo(gridOf(target));
});

// What was typed over a pasted cell since stays.
function undo(grid) {
  const untouched = last.filter(({ cell, after }) => cell.isConnected && cell.value === after);
  untouched.forEach(({ cell, before }) => write(cell, before));
  last = null;
  say(grid, worded(grid.dataset.undone, { n: untouched.length }));
  grid.querySelector("[data-undo]").hidden = true;
}
