// Drop-down <details> close on Escape and on a click elsewhere; "/" goes to the search box.
const open = () => document.querySelectorAll("details.drop[open]");

document.addEventListener("click", (event) => {
  open().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") open().forEach(shut);
  if (event.key === "/" && !isTyping(event.target)) focusSearch(event);
});

function shut(menu) {
  menu.removeAttribute("open");
  menu.querySelector("summary").focus();
}

function isTyping(element) {
  return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

function focusSearch(event) {
  const search = document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
}
