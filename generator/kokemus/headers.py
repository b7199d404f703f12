"""The file ``_headers``, for hosts that read one: what a page's own tags cannot say, and what they say said again.

Every path is matched by the rules of its own lines and of ``/*``; none of them sets a header that another sets, because
hosts join such values instead of choosing one. Hosts that read the file serve pages themselves to be asked for anew.
"""

from urllib.parse import urlsplit

from kokemus.site import Site

NAME = "_headers"
_UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
"""What tells of a person; the policy lets no script in that could use the rest, and every page carries each name."""


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
        if page.kind == "cards":
            rules[f"{root}{page.url}*"] = {"X-Robots-Tag": "noindex, noarchive", "Cache-Control": "no-store"}
        elif not page.listed:
            rules[f"{root}{page.url}*"] = {"X-Robots-Tag": "noindex"}
    return "\n".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in values.items())
        for path, values in rules.items()
    )
