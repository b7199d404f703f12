{# What a reader has chosen on the way, such as «for schools», goes along in the addresses, up to the request form, so
   that nothing is stored. A link's own choice counts first, then the page's, then what its address has brought. #}
onclick = onauxclick = ({ target }) => {
  const link = target.closest("a:not([href^='#'])");
  if (link?.host !== location.host) return;
  const chosen = new URLSearchParams(link.search);
  for (const from of [document.body.dataset.chosen, location.search]) {
    const kinds = [...chosen.keys()];
    for (const [kind, id] of new URLSearchParams(from)) kinds.includes(kind) || chosen.append(kind, id);
  }
  link.search = chosen;
};
