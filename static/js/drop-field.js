/** A file field onto which files and whole folders can be dropped; says how many there are. */

const MOST = 2000;

class DropField extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector('input[type="file"]');
    this.note = this.querySelector(".drop-note");
    this.field.addEventListener("change", () => this.tell());
    this.addEventListener("dragover", (event) => this.invite(event));
    this.addEventListener("dragleave", () => this.removeAttribute("data-over"));
    this.addEventListener("drop", (event) => this.take(event));
    this.tell();
  }

  invite(event) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    this.setAttribute("data-over", "");
  }

  async take(event) {
    event.preventDefault();
    this.removeAttribute("data-over");
    // Asked for at once: the list of a drop is empty after the first wait.
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const files = entries.length ? await filesIn(entries) : [...event.dataTransfer.files];
    const chosen = new DataTransfer();
    for (const file of files.slice(0, MOST)) chosen.items.add(file);
    this.field.files = chosen.files;
    this.tell(files.length > MOST ? ` Of ${files.length} files the first ${MOST} are taken.` : "");
  }

  tell(more = "") {
    const files = [...this.field.files];
    const size = files.reduce((sum, file) => sum + file.size, 0) / 1e6;
    this.note.hidden = !files.length;
    const what = files.length === 1 ? files[0].name : `${files.length} files`;
    this.note.textContent = files.length ? `${what}, ${size < 0.1 ? "less than 0.1" : size.toFixed(1)} MB.${more}` : "";
  }
}

/** The files of what was dropped, those in folders too. */
async function filesIn(entries) {
  const files = [];
  const waiting = [...entries];
  while (waiting.length && files.length <= MOST) {
    const entry = waiting.shift();
    if (entry.isFile) files.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
    else waiting.push(...(await allIn(entry.createReader())));
  }
  return files.filter((file) => !file.name.startsWith("."));
}

/** A folder tells a hundred of its entries at a time. */
async function allIn(reader) {
  const all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return all;
    all.push(...some);
  }
}

customElements.define("drop-field", DropField);
