{# The search, with its index, is fetched when the field is first used, or at once where the address brings a query.
   Until then, and without this script, the form leads to the search page and its alphabetical list. #}
const search = document.getElementById("search");
if (search) {
  const load = () => import(`./search-${document.documentElement.lang}.js`).then(({ start, index }) => start(search, index));
  const asked = new URLSearchParams(location.search).get("q");
  if (asked || search.elements.q.value || search.contains(document.activeElement)) load();
  else search.addEventListener("focusin", load, { once: true });
}
