"""What hosts and search engines read: the site's headers, its domain, and where its pages are listed.

``_headers`` says what a page's own tags cannot say, and repeats what they do. Every path gets the headers of its own
rule and those of ``/*``. No two of these set the same header, because hosts would join the values instead of choosing
one. Hosts that read the file make browsers revalidate pages anyway.

The exception is the policy of the embedded list. Whether a host joins it with that of ``/*`` or puts it in its place,
browsers obey ``frame-ancestors`` and no longer look at ``X-Frame-Options``.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from kokemus.website.outline import EMBEDDED, Site

NAME = "_headers"
AT_ROOT = ("CNAME", "robots.txt")
"""Only read at the root of a domain. A file of the same name among the association's own pages takes precedence."""
_LENT = (".github.io", ".gitlab.io", ".codeberg.page", ".netlify.app", ".pages.dev")
"""Domains that belong to a host, not to the association."""
_UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
"""Features that can reveal something about a visitor.

The rest need no entry: the Content-Security-Policy lets in no script that could use them, and each name adds to the
headers of every page.
"""


def at_root(site: Site) -> Mapping[str, str]:
    """``CNAME``, which gives GitHub Pages the site's domain, and ``robots.txt``, which names the sitemap.

    ``robots.txt`` does not exclude cards: a search engine that may not read a page would never see its ``noindex``.
    """
    address = urlsplit(site.settings.site_url)
    if address.path != "/":
        return {}
    robots = f"User-agent: *\nDisallow:\n\nSitemap: {site.settings.site_url}sitemap.xml\n"
    host = address.hostname or ""
    return {"robots.txt": robots} | ({} if host.endswith(_LENT) else {"CNAME": f"{host}\n"})


def headers(site: Site) -> str:
    """The rules for the whole site, for its files, for cards, and for other pages that search engines may not keep.

    Neither search engines nor caches may keep cards, so a withdrawn card is gone with the next build.
    """
    root, embed = urlsplit(site.settings.site_url).path, site.settings.embed
    unframed = {
        "Content-Security-Policy": site.policy if embed else f"{site.policy}; frame-ancestors 'none'",
        **({"X-Frame-Options": "DENY"} if embed else {}),
    }
    rules = {
        f"{root}*": {
            **unframed,
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "X-Content-Type-Options": "nosniff",
            "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
            "Cross-Origin-Opener-Policy": "same-origin",
        },
        f"{root}built.js": {"Cache-Control": "no-cache"},
        f"{root}assets/*": {"Cache-Control": "public, max-age=3600, stale-while-revalidate=86400"},
    }
    for page in site.outline:
        if page.id == EMBEDDED:
            policy = f"{site.policy}; frame-ancestors {' '.join(embed)}"
            rules[f"{root}{page.url}*"] = {"Content-Security-Policy": policy, "X-Robots-Tag": "noindex"}
        elif page.shows_cards:
            rules[f"{root}{page.url}*"] = {"X-Robots-Tag": "noindex, noarchive", "Cache-Control": "no-store"}
        elif not page.listed and page.kind not in ("asked", "closed"):  # those are hundreds, and have robots tags
            rules[f"{root}{page.url}*"] = {"X-Robots-Tag": "noindex"}
    return "\n".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in values.items())
        for path, values in rules.items()
    )
