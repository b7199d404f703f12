{# The search, with its index, is fetched when the field is first used. The words of somebody in need come in a file of
   their own, so that help does not wait for the index. A field that cannot answer is not shown; where the index does not
   come, the list of everything is offered. The language was asked for at once: a browser that translates the page
   changes it. #}
const search = document.getElementById("search");
if (search) {
  const { classList } = search.parentElement;
  const load = () => {
    const need = import("./need.js"), found = import(`./search-${lang}.js`);
    need.then(({ watch }) => watch(search), () => classList.remove("search--ready"));
    need.then(() => found).then(({ start, index }) => start(search, index)).catch(() => classList.add("search--silent"));
  };
  classList.add("search--ready");
  search.onsubmit = () => false;
  if (search.matches(":focus-within")) load();
  else search.addEventListener("focusin", load, { once: true });
}
