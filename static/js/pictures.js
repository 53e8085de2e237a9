// Saves what is drawn as a file. A button names the kind in data-save, and in data-of what to save; without data-of it is the chart of its card.
// data-name is the file's name. A chart is saved from its canvas, a table or a drawing is painted as it stands on the screen.
import { inLight } from "./light.js";

const surface = () => getComputedStyle(document.documentElement).getPropertyValue("--surface").trim();
const SCALE = 2;
const TALLEST = 16000; // browsers refuse larger canvases

function save(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

const hidden = (node) => node.closest?.(".visually-hidden, title, style");
const words = (cell) => [...texts(cell)].map((text) => text.textContent.trim()).filter(Boolean).join(" ");

function* texts(element) {
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (!hidden(walk.currentNode.parentElement)) yield walk.currentNode;
}

function csv(table) {
  // Excel would run a text that begins like a formula.
  const tame = (text) => (/^[=+@＝＋－＠\t\r-]/.test(text) && isNaN(text) ? `'${text}` : text);
  const quoted = (cell) => `"${tame(cell.dataset.csv ?? words(cell)).replaceAll('"', '""')}"`;
  const lines = [...table.rows].map((row) => [...row.cells].map(quoted).join(","));
  // The mark at the start tells Excel that the file is UTF-8.
  return new Blob(["\ufeff", lines.join("\r\n")], { type: "text/csv" });
}

// One line of text at a time: where a line breaks, the rectangles of neighbouring letters differ in height.
function paintText(pen, text, from) {
  const style = getComputedStyle(text.parentElement);
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  pen.fillStyle = style.color;
  pen.textBaseline = "middle";
  const range = document.createRange();
  let line = null;
  const put = () => line && pen.fillText(line.text, line.x - from.left, line.y - from.top);
  for (let i = 0; i < text.length; i++) {
    range.setStart(text, i);
    range.setEnd(text, i + 1);
    const box = range.getBoundingClientRect();
    if (!box.width) continue;
    const y = box.top + box.height / 2;
    if (!line || Math.abs(line.y - y) > 2) { put(); line = { text: "", x: box.left, y }; }
    line.text += text.data[i];
  }
  put();
}

function paintBox(pen, element, from) {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left - from.left, box.top - from.top];
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(x, y, box.width, box.height);
  const bottom = parseFloat(style.borderBottomWidth);
  pen.fillStyle = style.borderBottomColor;
  if (bottom && style.borderBottomStyle !== "none") pen.fillRect(x, y + box.height - bottom, box.width, bottom);
  return box;
}

const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "color"];

// A copy of a drawing that carries its own looks, as a picture knows no style sheet.
function copyOf(svg) {
  const copy = svg.cloneNode(true);
  for (const use of copy.querySelectorAll("use")) {
    const source = document.querySelector(use.getAttribute("href"));
    use.replaceWith(source.cloneNode(true));
  }
  const box = svg.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", box.width * SCALE);
  copy.setAttribute("height", box.height * SCALE);
  const place = document.createElement("div");
  place.className = svg.closest(".drawn, table")?.className ?? "";
  place.append(copy);
  svg.parentElement.append(place);
  for (const part of [copy, ...copy.querySelectorAll("*")]) {
    const style = getComputedStyle(part);
    for (const look of LOOKS) part.setAttribute(look, style.getPropertyValue(look));
  }
  place.remove();
  return new XMLSerializer().serializeToString(copy);
}

async function paintDrawing(pen, svg, from) {
  const box = svg.getBoundingClientRect();
  if (!box.width) return;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(copyOf(svg))}`;
  await image.decode();
  pen.drawImage(image, box.left - from.left, box.top - from.top, box.width, box.height);
}

async function paint(element) {
  // What stays in place while a table scrolls would be painted over the rest.
  const scroller = element.closest(".ledger") ?? element;
  scroller.scrollTo(0, 0);
  const from = element.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  const scale = Math.min(SCALE, TALLEST / from.height);
  [canvas.width, canvas.height] = [Math.ceil(from.width * scale), Math.ceil(from.height * scale)];
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.fillStyle = surface();
  pen.fillRect(0, 0, from.width, from.height);
  if (element.matches("svg")) await paintDrawing(pen, element, from);
  for (const cell of element.querySelectorAll("th, td")) {
    pen.save();
    const box = paintBox(pen, cell, from);
    pen.beginPath();
    // An arrow may stand a little over the edge of its cell.
    pen.rect(box.left - from.left, box.top - from.top, box.width + 4, box.height);
    pen.clip();
    for (const pill of cell.querySelectorAll(".pill")) paintBox(pen, pill, from);
    for (const svg of cell.querySelectorAll("svg:not(svg svg)")) await paintDrawing(pen, svg, from);
    for (const text of texts(cell)) if (!text.parentElement.closest("svg")) paintText(pen, text, from);
    pen.restore();
  }
  return canvas.toDataURL("image/png");
}

function pictureOf(element) {
  const canvas = element.querySelector("[data-chart]");
  if (!canvas) return paint(element.matches("svg, table") ? element : element.querySelector("table, svg"));
  return echarts.getInstanceByDom(canvas).getDataURL({ pixelRatio: SCALE, backgroundColor: surface() });
}

document.addEventListener("click", async ({ target }) => {
  const kind = target.dataset?.save;
  if (!kind) return;
  const card = target.dataset.of ? document.querySelector(target.dataset.of) : target.closest(".chart");
  const name = target.dataset.name ?? card.querySelector("h2").textContent;
  if (kind === "png") return save(await inLight(() => pictureOf(card)), `${name}.png`);
  const address = URL.createObjectURL(csv(card.matches("table") ? card : card.querySelector("table")));
  save(address, `${name}.csv`);
});
