// The request form, made kinder: what the address asks for is chosen already, and each request carries a reference
// by which the coordinator can tell one that arrived twice. Without this script the form is whole all the same.
const asked = new URLSearchParams(location.search);
for (const [name, value] of asked) {
  const choice = document.getElementById(`${name}-${value}`);
  if (choice instanceof HTMLInputElement) choice.checked = true;
  if (choice instanceof HTMLOptionElement) choice.selected = true;
}
const reference = document.getElementById("form-reference");
if (reference) reference.value = crypto.getRandomValues(new Uint32Array(2)).reduce((text, part) => text + part.toString(36), "");
