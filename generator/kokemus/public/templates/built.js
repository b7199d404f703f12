/*! Built on {{ built }} */
{# Should nobody build the site any more, then cards whose consent has lapsed must not stay: the browser hides them all,
   and every page says why; one that stays open, when somebody looks again. #}
{
  const page = document.documentElement, { lang } = page;
{% if not closed %}
  const expire = () => {
    if (Date.now() < Date.parse("{{ until }}")) return;
    page.classList.add("stale");
    for (const card of document.querySelectorAll(".person, .people")) card.remove();
    const textContent = {{ notices }}[lang], main = document.querySelector("main:not(:has(.stale__notice))");
    main?.prepend(Object.assign(document.createElement("p"), { className: "stale__notice", textContent }));
  };
  expire();
  addEventListener("pageshow", expire);
  document.addEventListener("visibilitychange", expire);
{% endif %}
  {# In somebody else's frame a page is only the way out to itself; most hosts cannot send the header that forbids frames. #}
  if (self !== top) addEventListener("DOMContentLoaded", () => {
    document.body.replaceChildren(Object.assign(document.createElement("a"), { href: location, target: "_blank", textContent: document.title }));
  });
  {% if not closed %}{% include "_search.js" %}{% endif %}

}
