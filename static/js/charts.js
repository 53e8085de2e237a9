// Draws each [data-chart] from the JSON that follows it; no animation, colours from the tokens, downloads from the card's head.
const style = getComputedStyle(document.documentElement);
const token = (name) => style.getPropertyValue(name).trim();

function coloured(value) {
  if (Array.isArray(value)) return value.map(coloured);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, coloured(v)]));
  const name = typeof value === "string" && value.match(/^var\((--[\w-]+)\)$/);
  return name ? token(name[1]) : value;
}

function complete(option) {
  const text = { fontFamily: token("--font"), fontSize: 12, color: token("--ink-soft") };
  const full = { animation: false, backgroundColor: token("--surface"), ...option, textStyle: { ...text, ...option.textStyle } };
  // The HTML tooltip carries inline styles, which the content security policy refuses.
  if (full.tooltip) full.tooltip = { renderMode: "richText", confine: true, ...full.tooltip };
  return full;
}

function draw(canvas) {
  if (echarts.getInstanceByDom(canvas)) return;
  const chart = echarts.init(canvas, null, { renderer: "canvas" });
  chart.setOption(complete(coloured(JSON.parse(canvas.nextElementSibling.textContent))));
  new ResizeObserver(() => chart.resize()).observe(canvas);
}

function save(blobUrl, name) {
  const link = document.createElement("a");
  link.href = blobUrl;
  link.download = name;
  link.click();
}

function csv(table) {
  // Excel would run a text that begins like a formula.
  const tame = (text) => (/^[=+@＝＋－＠-]/.test(text) && isNaN(text) ? `'${text}` : text);
  const quoted = (cell) => `"${tame(cell.textContent.trim()).replaceAll('"', '""')}"`;
  const lines = [...table.rows].map((row) => [...row.cells].map(quoted).join(","));
  // The mark at the start tells Excel that the file is UTF-8.
  return new Blob(["\ufeff", lines.join("\r\n")], { type: "text/csv" });
}

document.addEventListener("click", ({ target }) => {
  const kind = target.dataset?.chartSave;
  if (!kind) return;
  const card = target.closest(".chart");
  const title = card.querySelector("h2").textContent;
  if (kind === "csv") return save(URL.createObjectURL(csv(card.querySelector("table"))), `${title}.csv`);
  const chart = echarts.getInstanceByDom(card.querySelector("[data-chart]"));
  save(chart.getDataURL({ pixelRatio: 2, backgroundColor: token("--surface") }), `${title}.png`);
});

const drawAll = () => document.querySelectorAll("[data-chart]").forEach(draw);
drawAll();
document.addEventListener("htmx:afterSettle", drawAll);
