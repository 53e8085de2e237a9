// Shortcuts: "?" shows their list, "/" goes to the search box, "g" and a letter to a place of the menu. They can be
// switched off (html[data-keys=off]), never act while somebody types, and leave combinations with Ctrl, Alt or ⌘ alone.
const WAIT_MS = 1500; // how long "g" waits for its letter
const sheet = document.getElementById("keys");
let wasG = 0;

const ACTS = {
  "?": () => sheet?.showModal(),
  "/": () => document.querySelector("[data-search]")?.focus(),
  g: () => { wasG = Date.now(); },
};

function isTyping(element) {
  return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

function isOurs(event) {
  if (document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]")) return false;
  return !(event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isTyping(event.target));
}

document.addEventListener("keydown", (event) => {
  if (!isOurs(event)) return;
  const key = event.key.toLowerCase();
  const place = Date.now() - wasG < WAIT_MS && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  wasG = 0;
  const act = place ? () => location.assign(place.href) : ACTS[key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", ({ target }) => {
  const opener = target.closest?.("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
});
