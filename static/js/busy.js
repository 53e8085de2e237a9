// Long work: what was sent stays pressed until it is answered, so that nobody sends it twice, and a line at
// the top moves. Forms that post, and links and forms that say data-work.
const WORKING = "is-working";
const GIVEN_UP = 60000; // somebody may have stayed on the page after all
const busy = new Set();
const sent = new Set();

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !isWork(event.target)) return;
  if (sent.has(event.target)) return event.preventDefault();
  sent.add(event.target);
  const button = event.submitter ?? event.target.querySelector("button:not([type=button])");
  // Later than the browser has gathered the fields: a button that is disabled by then would lose its value.
  setTimeout(() => (event.defaultPrevented ? sent.delete(event.target) : begin(button)));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-work]");
  if (link && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey) begin(link);
});

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (!isPost(detail)) return;
  const form = detail.elt.closest("form");
  begin(detail.requestConfig.triggeringEvent?.submitter ?? form?.querySelector("button:not([type=button])") ?? detail.elt);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => isPost(detail) && endAll());

// The page may come back as it was left.
window.addEventListener("pageshow", endAll);

function isWork(form) {
  return form.method === "post" || form.hasAttribute("data-work");
}

function isPost({ requestConfig }) {
  return requestConfig.verb !== "get";
}

function begin(element) {
  document.body.classList.add(WORKING);
  setTimeout(endAll, GIVEN_UP);
  if (!element) return;
  busy.add(element);
  element.setAttribute("aria-busy", "true");
  if ("disabled" in element) element.disabled = true;
}

function endAll() {
  document.body.classList.remove(WORKING);
  busy.forEach((element) => {
    element.removeAttribute("aria-busy");
    if ("disabled" in element) element.disabled = false;
  });
  busy.clear();
  sent.clear();
}
