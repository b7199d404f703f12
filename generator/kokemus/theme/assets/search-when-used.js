// The search and its index are fetched when the field is first used, or at once where the address brings a query.
// Until then, and without this script, the form leads to the search page and its alphabetical list.
const form = document.getElementById("search");
const load = () =>
  Promise.all([import("./search.js"), fetch(form.dataset.index).then((answer) => answer.json())])
    .then(([search, index]) => search.start(form, index));
const asked = new URLSearchParams(location.search).get("q");
if (asked || form.elements.q.value || form.contains(document.activeElement)) load();
else form.addEventListener("focusin", load, { once: true });
