// Kinder, and never needed: warns before typed text is lost, and leads to a line of the text that is edited.
const box = document.querySelector("textarea.code");
const numbers = document.querySelector(".editor ol");
let isTyped = false;

const warn = (event) => {
  if (isTyped) event.preventDefault();
};

const count = () => {
  const lines = box.value.split("\n").length;
  while (numbers.children.length < lines) {
    const item = document.createElement("li");
    item.textContent = numbers.children.length + 1;
    item.id = `line-${item.textContent}`;
    numbers.append(item);
  }
  while (numbers.children.length > lines) numbers.lastChild.remove();
  box.rows = Math.max(20, lines + 6);
};

const lead = () => {
  const line = Number(/^#line-(\d+)$/.exec(location.hash)?.[1]);
  if (!line) return;
  const lines = box.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  box.focus({ preventScroll: true });
  box.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
};

document.addEventListener("input", ({ target }) => {
  isTyped ||= target.matches("textarea, input:not([type=checkbox], [type=radio], [type=search])");
});
document.addEventListener("submit", ({ submitter }) => {
  if (submitter?.formTarget !== "_blank") isTyped = false;
});
addEventListener("beforeunload", warn);
if (box && numbers) {
  box.addEventListener("input", count);
  addEventListener("hashchange", lead);
  lead();
}
