"""Put a finished site where the old one was, or leave the old one as it is."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def is_site(folder: Path) -> bool:
    """Whether a folder may be replaced by a site: it is missing, empty, or holds a site that Kokemus built."""
    return (
        not folder.exists()
        or (folder / "catalogue-1.json").is_file()
        or (folder.is_dir() and not any(folder.iterdir()))
    )


@contextmanager
def aside(site: Path) -> Iterator[Path]:
    """An empty folder beside the site, on the same disk, gone afterwards."""
    site.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{site.name}.", dir=site.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def swap_in(fresh: Path, site: Path) -> None:
    """Put the fresh folder in the site's place; the old one comes back if that fails."""
    fresh.chmod(0o755)
    with aside(site) as old:
        if not site.exists():
            fresh.rename(site)
            return
        site.rename(old / site.name)
        try:
            fresh.rename(site)
        except OSError:
            (old / site.name).rename(site)
            raise


def write(path: Path, text: str) -> None:
    """Put a file in its place whole, or leave the old one as it is."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=path.parent, delete=False) as fresh:
        fresh.write(text)
    Path(fresh.name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    Path(fresh.name).replace(path)
