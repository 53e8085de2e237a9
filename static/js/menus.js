// Drop-down <details> close on Escape and on a click elsewhere.
const open = () => document.querySelectorAll("details.drop[open]");

document.addEventListener("click", (event) => {
  open().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") open().forEach(shut);
});

function shut(menu) {
  menu.removeAttribute("open");
  menu.querySelector("summary").focus();
}
