{# The search and its index are loaded when the field is first used. The words that show a need for help are in a file of
   their own, so that help does not wait for the index. If the search cannot load, the field is hidden; if only the index
   cannot, the list of everything is offered instead. The page's language is read at once, before a browser that
   translates the page can change it. #}
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
  search.matches(":focus-within") ? load() : search.addEventListener("focusin", load, { once: true });
}
