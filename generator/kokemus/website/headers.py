"""What hosts and search engines read of a site: its headers, its domain, and where its pages are listed.

``_headers`` says what a page's own tags cannot say, and repeats what they do say. Every path is matched by the rules of
its own lines and of ``/*``; none of them sets a header that another sets, because hosts join such values instead of
choosing one. Hosts that read the file make browsers revalidate pages anyway.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from kokemus.website.outline import Site

NAME = "_headers"
AT_ROOT = ("CNAME", "robots.txt")
"""Read at the root of a domain alone; a file of that name among the association's own pages goes before ours."""
_LENT = (".github.io", ".gitlab.io", ".codeberg.page", ".netlify.app", ".pages.dev")
"""Domains that a host lends: none of them is the association's own."""
_UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
"""What tells of a person; the policy lets no script in that could use the rest, and every page carries each name."""


def at_root(site: Site) -> Mapping[str, str]:
    """The files that name a domain of one's own to GitHub Pages, and the list of pages to search engines.

    Cards are not closed to search engines there: whoever may not read a page does not see that it wants to be in none.
    """
    address = urlsplit(site.settings.site_url)
    if address.path != "/":
        return {}
    robots = f"User-agent: *\nDisallow:\n\nSitemap: {site.settings.site_url}sitemap.xml\n"
    host = address.hostname or ""
    return {"robots.txt": robots} | ({} if host.endswith(_LENT) else {"CNAME": f"{host}\n"})


def headers(site: Site) -> str:
    """The rules for the whole site, its files and its cards.

    Cards are kept by nobody, neither a search engine nor a cache, so that a withdrawn one is gone with the next build.
    """
    root = urlsplit(site.settings.site_url).path
    rules = {
        f"{root}*": {
            "Content-Security-Policy": f"{site.policy}; frame-ancestors 'none'",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "X-Content-Type-Options": "nosniff",
            "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
            "Cross-Origin-Opener-Policy": "same-origin",
        },
        f"{root}built.js": {"Cache-Control": "no-cache"},
        f"{root}assets/*": {"Cache-Control": "public, max-age=3600, stale-while-revalidate=86400"},
    }
    for page in site.outline:
        if page.shows_cards:
            rules[f"{root}{page.url}*"] = {"X-Robots-Tag": "noindex, noarchive", "Cache-Control": "no-store"}
        elif not page.listed and page.kind not in (
            "asked",
            "closed",
        ):  # whose own robots tags say it, in hundreds of pages
            rules[f"{root}{page.url}*"] = {"X-Robots-Tag": "noindex"}
    return "\n".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in values.items())
        for path, values in rules.items()
    )
