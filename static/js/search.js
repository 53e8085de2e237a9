// The list under the search field: arrows walk it, Escape and a click elsewhere close it.
const field = document.querySelector("[data-search]");
const list = document.getElementById("search-live");

if (field && list) {
  field.form.addEventListener("keydown", walk);
  document.addEventListener("click", ({ target }) => field.form.contains(target) || close());
  field.form.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !field.form.contains(relatedTarget) && close());
  // An answer that comes after somebody went elsewhere would open the list again.
  list.addEventListener("htmx:beforeSwap", (event) => {
    if (!field.form.contains(document.activeElement)) event.detail.shouldSwap = false;
  });
}

function close() {
  list.replaceChildren();
}

function walk(event) {
  if (event.isComposing) return; // arrows choose among Chinese characters
  const stops = [field, ...list.querySelectorAll("a")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape" && stops.length > 1) {
    event.preventDefault(); // keeps what was typed
    close();
    field.focus();
  } else if (step && stops.length > 1) {
    event.preventDefault();
    stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus();
  }
}
