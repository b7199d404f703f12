"""What search engines read of a listed topic: a schema.org Service, https://schema.org/Service. Of others nothing."""

from collections.abc import Mapping

Data = Mapping[str, object]


def service(name: str, provider: str, url: str) -> Data:
    """The topic as a service of the association, without any detail that it could be combined with."""
    return {
        "@context": "https://schema.org",
        "@type": "Service",
        "name": name,
        "url": url,
        "provider": {"@type": "Organization", "name": provider},
    }
