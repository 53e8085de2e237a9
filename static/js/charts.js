// Draws each [data-chart] from the JSON that follows it; no animation, colours from the tokens, and again when these change.
const root = document.documentElement;
const token = (name) => getComputedStyle(root).getPropertyValue(name).trim();
const letter = () => 0.75 * parseFloat(getComputedStyle(root).fontSize);

function coloured(value) {
  if (Array.isArray(value)) return value.map(coloured);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, coloured(v)]));
  const name = typeof value === "string" && value.match(/^var\((--[\w-]+)\)$/);
  return name ? token(name[1]) : value;
}

function complete(option) {
  const text = { fontFamily: token("--font"), fontSize: letter(), color: token("--ink-soft") };
  const full = { animation: false, backgroundColor: token("--surface"), ...option, textStyle: { ...text, ...option.textStyle } };
  for (const axis of [full.xAxis, full.yAxis]) if (axis) axis.axisLabel = { color: token("--ink-soft"), ...axis.axisLabel };
  for (const one of full.series) if (one.label) one.label = { color: token("--ink"), ...one.label };
  // The HTML tooltip carries inline styles, which the content security policy refuses.
  if (full.tooltip) full.tooltip = { renderMode: "richText", confine: true, ...full.tooltip };
  return full;
}

// On a narrow screen names of the axis and values between the first and the last drop out before they touch.
const NARROW = 400;
function endsNamed(data) {
  const known = data.flatMap((value, i) => (typeof value === "number" ? [i] : []));
  return data.map((value, i) => (known.slice(1, -1).includes(i) ? { value, label: { show: false } } : value));
}

function fitted(option, width) {
  if (width >= NARROW) return option;
  if (option.xAxis?.axisLabel?.interval === 0) option.xAxis.axisLabel.interval = "auto";
  for (const one of option.series) if (one.type === "line" && one.label?.show) one.data = endsNamed(one.data);
  return option;
}

function show(canvas) {
  const option = complete(coloured(JSON.parse(canvas.nextElementSibling.textContent)));
  echarts.getInstanceByDom(canvas).setOption(fitted(option, canvas.clientWidth), { notMerge: true });
}

function draw(canvas) {
  if (echarts.getInstanceByDom(canvas)) return;
  const chart = echarts.init(canvas, null, { renderer: "canvas" });
  show(canvas);
  chart.on("click", ({ data }) => data?.url && location.assign(data.url));
  new ResizeObserver(() => chart.resize()).observe(canvas);
}

const all = () => document.querySelectorAll("[data-chart]");
const drawAll = () => all().forEach(draw);
const drawAgain = () => all().forEach(show);
drawAll();
document.addEventListener("htmx:afterSettle", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAgain);
for (const moment of ["lightened", "darkened"]) document.addEventListener(moment, drawAgain);
new MutationObserver(drawAgain).observe(root, { attributes: true, attributeFilter: ["class", "data-theme", "data-bs-theme", "data-size"] });
