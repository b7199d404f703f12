"""What search engines read about a listed topic: a Service (https://schema.org/Service). Unlisted topics have none."""

from collections.abc import Mapping

Data = Mapping[str, object]


def service(name: str, provider: str, url: str) -> Data:
    """The topic as a service of the association, without any detail with which it could be combined."""
    return {
        "@context": "https://schema.org",
        "@type": "Service",
        "name": name,
        "url": url,
        "provider": {"@type": "Organization", "name": provider},
    }
