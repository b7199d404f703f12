/*! Built on {{ built }} */
{# If nobody builds the site any more, cards whose consent has lapsed must not stay visible. So the browser removes all
   cards, and every page says why; a page that stays open does so when somebody returns to it. #}
{
  const page = document.documentElement, { lang } = page;
{% if not site.closing %}
  const expire = () => {
    if (Date.now() < Date.parse("{{ until }}")) return;
    page.classList.add("stale");
    for (const card of document.querySelectorAll(".person, .people")) card.remove();
    const textContent = {{ notices }}[lang], main = document.querySelector("main:not(:has(.stale__notice))");
    main?.prepend(Object.assign(document.createElement("p"), { className: "stale__notice", textContent }));
  };
  expire();
  onpageshow = document.onvisibilitychange = expire;
{% endif %}
  {# In another site's frame a page is only a link to itself: most hosts cannot send the header that forbids framing. The
     embedded list names the sites that may frame it. A browser that knows no ancestors tells the site just above. #}
  if (self !== top) addEventListener("DOMContentLoaded", () => {
{% if site.settings.embed %}
    const { framers } = document.body.dataset, wanted = framers?.split(" ");
    const above = location.ancestorOrigins ?? [parent === top && document.referrer.match(/^https?:\/\/[^/]+/)?.[0]];
    if (wanted && [...above].every((origin) => wanted.includes(origin))) return;
{% endif %}
    document.body.replaceChildren(Object.assign(document.createElement("a"), { href: location, target: "_blank", textContent: document.title }));
  });
  {% if not site.closing %}{% include "_choices.js" %}{% include "_search.js" %}{% endif %}

}
