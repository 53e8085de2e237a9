// Short notes in the corner. The server sends HX-Trigger: {"toast": {"text": "…", "tone": "green"}}.
const box = document.getElementById("toasts");

function show({ text, tone = "blue" }) {
  const note = document.createElement("div");
  note.className = `toast-note message-${tone}`;
  note.append(text, closeButton(note));
  box.append(note);
  // A refusal stays until it is read; a confirmation goes by itself.
  if (tone !== "red") setTimeout(() => note.remove(), 6000);
}

function closeButton(note) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast-close";
  button.setAttribute("aria-label", box.dataset.close);
  button.textContent = "×";
  button.addEventListener("click", () => note.remove());
  return button;
}

document.addEventListener("toast", (event) => show(event.detail));
document.addEventListener("htmx:sendError", () => show({ text: box.dataset.lost, tone: "red" }));
document.addEventListener("htmx:responseError", ({ detail }) => show({ text: refusal(detail.xhr) ?? box.dataset.failed, tone: "red" }));

// What a refused act says for itself; see errors/_refusal.html.
function refusal(xhr) {
  return new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector("[data-refusal]")?.textContent;
}
