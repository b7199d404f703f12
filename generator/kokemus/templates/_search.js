{# The search, with its index, is fetched when the field is first used, or at once where the address brings a query.
   Until then, and without this script, the form leads to the search page and its alphabetical list. The language is
   asked for at once: a browser that translates the page changes it. #}
const search = document.getElementById("search");
if (search) {
  const file = `./search-${document.documentElement.lang}.js`;
  const load = () => import(file).then(({ start, index }) => start(search, index));
  const asked = new URLSearchParams(location.search).get("q");
  if (asked || search.elements.q.value || search.contains(document.activeElement)) load();
  else search.addEventListener("focusin", load, { once: true });
}
