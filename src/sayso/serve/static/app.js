// What every screen shares: "/" goes to the search, files are dropped where they are added.
const search = document.getElementById("find");
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
});

// As it was left, with what was typed.
document.querySelector("a.back")?.addEventListener("click", (event) => {
  event.preventDefault();
  history.back();
});

const drop = document.querySelector(".drop");
if (drop) {
  const input = drop.querySelector("input");
  const told = document.querySelector(".dropped");
  const tell = () => {
    const count = input.files.length;
    told.textContent = count ? `${count} file${count === 1 ? "" : "s"} chosen` : "";
  };
  for (const name of ["dragover", "dragleave", "drop"])
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
    });
  drop.addEventListener("drop", (event) => {
    input.files = event.dataTransfer.files;
    tell();
  });
  input.addEventListener("change", tell);
}
