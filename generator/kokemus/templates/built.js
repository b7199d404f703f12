// Built on {{ built }}
{# Should nobody build the site any more, then cards whose consent has lapsed must not stay: the browser hides them all,
   and every page says why; one that stays open, when somebody looks again. #}
{
  const page = document.documentElement, { lang } = page;
  const tell = () => {
    for (const card of document.querySelectorAll(".page--cards .card")) card.remove();
    const notice = document.createElement("p");
    notice.className = "stale__notice";
    notice.textContent = {{ notices | tojson }}[lang];
    document.querySelector("main").prepend(notice);
  };
  const expire = () => {
    if (Date.now() < Date.parse("{{ until }}") || page.classList.contains("stale")) return;
    page.classList.add("stale");
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", tell);
    else tell();
  };
  expire();
  addEventListener("pageshow", expire);
  document.addEventListener("visibilitychange", expire);
}
{% include "_search.js" %}
