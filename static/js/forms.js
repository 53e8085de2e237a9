// Leaving a form with unsaved changes asks first (form[data-guard], and form[data-unsaved] that was just refused);
// a filter applies when chosen (form[data-auto]).
let changed = new Set(document.querySelectorAll("form[data-unsaved]"));

document.addEventListener("input", ({ target }) => {
  if (target.form?.hasAttribute("data-guard")) changed.add(target.form);
});

document.addEventListener("submit", ({ target, defaultPrevented }) => {
  if (!defaultPrevented) changed.delete(target);
});

document.addEventListener("htmx:afterSwap", () => {
  changed = new Set([...changed, ...document.querySelectorAll("form[data-unsaved]")].filter((form) => form.isConnected));
});

window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});

document.addEventListener("change", ({ target }) => {
  if (target.form?.hasAttribute("data-auto")) target.form.requestSubmit();
});
