// Opens the help of an indicator over the page; without this the link leads to the page of help.
const failed = (link) => { location.href = link.href; };

function helpDialog() {
  const found = document.getElementById("help");
  if (found) return found;
  const made = document.createElement("dialog");
  made.id = "help";
  made.className = "ask help";
  made.setAttribute("aria-labelledby", "help-title");
  made.addEventListener("click", (event) => event.target === made && made.close());
  document.body.append(made);
  return made;
}

async function openHelp(link) {
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected) return failed(link);
  const dialog = helpDialog();
  dialog.innerHTML = await answer.text();
  if (!dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.help-mark");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  openHelp(link).catch(() => failed(link));
});
