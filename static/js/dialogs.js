// Asks before an act: forms and buttons with data-confirm="…", and htmx elements with hx-confirm="…".
const dialog = document.getElementById("ask");
const question = document.getElementById("ask-text");

function ask(text, then) {
  question.textContent = text;
  dialog.returnValue = "no";
  dialog.onclose = () => dialog.returnValue === "yes" && then();
  dialog.showModal();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const text = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!text || form.dataset.confirmed) return delete form.dataset.confirmed;
  event.preventDefault();
  event.stopPropagation();
  ask(text, () => {
    form.dataset.confirmed = "yes";
    form.requestSubmit(event.submitter);
  });
}, true);

document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  ask(event.detail.question, () => event.detail.issueRequest(true));
});
