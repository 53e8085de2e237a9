// Paper and pictures to be kept are light, whatever the theme: the dark sheet is set aside meanwhile, and charts, which
// hear of it, are drawn again.
const dark = document.getElementById("dark");

function setAside(isAside) {
  if (!dark?.sheet || dark.sheet.disabled === isAside) return;
  dark.sheet.disabled = isAside;
  document.dispatchEvent(new Event(isAside ? "lightened" : "darkened"));
}

export async function inLight(act) {
  setAside(true);
  try {
    return await act();
  } finally {
    setAside(false);
  }
}

addEventListener("beforeprint", () => setAside(true));
addEventListener("afterprint", () => setAside(false));
