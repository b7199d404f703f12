// Built on {{ built }}. Should nobody build the site any more, then cards whose consent has lapsed must not stay: from
// {{ until }} on the browser hides them all, and every page says why.
if (Date.now() >= Date.parse("{{ until }}")) {
  const page = document.documentElement;
  page.classList.add("stale");
  addEventListener("DOMContentLoaded", () => {
    for (const card of document.querySelectorAll(".page--cards .card")) card.remove();
    const notice = document.createElement("p");
    notice.className = "stale__notice";
    notice.textContent = {{ notices | tojson }}[page.lang];
    document.querySelector("main").prepend(notice);
  });
}
{% include "_search.js" %}
