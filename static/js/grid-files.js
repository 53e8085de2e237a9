// Evidence in a table that is filled in like a sheet: dropped on a row, pasted, or chosen; what is chosen adds up.
import { cellOf, gridOf, say, worded } from "./grid.js";

const MB = 1024 * 1024;
const chosen = new WeakMap(); // file input → its files; the browser itself keeps only the newest choice

const rowUnder = (target) => target.closest?.("[data-row]");
const holdsFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
const filesOf = (input) => chosen.get(input) ?? [];

document.addEventListener("dragover", (event) => {
  if (!holdsFiles(event) || !document.querySelector("form[data-grid]")) return;
  event.preventDefault(); // beside a row too: the browser would leave the page and all that was typed
  const row = rowUnder(event.target);
  event.dataTransfer.dropEffect = row ? "copy" : "none";
  light(row);
});

document.addEventListener("drop", (event) => {
  if (!holdsFiles(event) || !document.querySelector("form[data-grid]")) return;
  event.preventDefault();
  light(null);
  const row = rowUnder(event.target);
  if (row) add(cellOf(row, "files"), event.dataTransfer.files);
});

document.addEventListener("dragleave", (event) => event.relatedTarget || light(null));

function light(row) {
  document.querySelectorAll(".owed-over").forEach((lit) => lit !== row && lit.classList.remove("owed-over"));
  row?.classList.add("owed-over");
}

document.addEventListener("paste", (event) => {
  const row = rowUnder(event.target);
  const { files, types } = event.clipboardData;
  // Excel puts a picture of its cells beside their text: then the text is meant.
  if (!row || !files.length || types.includes("text/plain")) return;
  event.preventDefault();
  const words = gridOf(row).dataset.picture;
  add(cellOf(row, "files"), [...files].map((file) => named(file, words)));
});

// Every pasted picture is called image.png; by that name the second would count as a new version of the first.
function named(file, words) {
  if (file.name !== "image.png") return file;
  const time = new Date().toLocaleTimeString("sv").replaceAll(":", "");
  return new File([file], worded(words, { time }), { type: file.type });
}

document.addEventListener("change", ({ target, isTrusted }) => {
  if (target.dataset?.cell === "files" && isTrusted) add(target, target.files);
});

function add(input, files) {
  const known = new Set(filesOf(input).map(key));
  put(input, [...filesOf(input), ...[...files].filter((file) => !known.has(key(file)))]);
}

const key = ({ name, size, lastModified }) => `${name} ${size} ${lastModified}`;

function put(input, files) {
  const carrier = new DataTransfer();
  files.forEach((file) => carrier.items.add(file));
  chosen.set(input, files);
  input.files = carrier.files;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  draw(input);
  const grid = gridOf(input);
  const wrong = files.map((file) => fault(grid, file)).find(Boolean);
  say(grid, wrong ?? worded(grid.dataset.picked, { n: files.length }));
}

function draw(input) {
  const list = rowUnder(input).querySelector("[data-list]");
  list.replaceChildren(...filesOf(input).map((file) => line(input, file)));
}

function line(input, file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const wrong = fault(gridOf(input), file);
  name.textContent = file.name;
  name.title = wrong ?? file.name;
  name.classList.toggle("over", Boolean(wrong));
  item.append(name, dropButton(input, file));
  return item;
}

function dropButton(input, file) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = "×";
  button.setAttribute("aria-label", worded(gridOf(input).dataset.dropFile, { name: file.name }));
  button.addEventListener("click", () => {
    put(input, filesOf(input).filter((other) => other !== file));
    input.focus();
  });
  return button;
}

// The server judges by content; here only what can be told at once.
function fault({ dataset }, { name, size }) {
  const ending = `.${name.split(".").at(-1).toLowerCase()}`;
  if (!dataset.accept.split(",").includes(ending)) return worded(dataset.kindWrong, { name });
  if (size > dataset.fileMb * MB) return worded(dataset.sizeWrong, { name, n: dataset.fileMb });
  return undefined;
}

document.addEventListener("submit", (event) => {
  const grid = gridOf(event.target);
  if (!grid) return;
  const inputs = [...grid.querySelectorAll('[data-cell="files"]')];
  const total = inputs.flatMap(filesOf).reduce((sum, { size }) => sum + size, 0);
  if (total <= grid.dataset.totalMb * MB) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say(grid, worded(grid.dataset.totalWrong, { m: Math.ceil(total / MB), n: grid.dataset.totalMb }));
}, true);
