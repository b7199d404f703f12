"""Pages: what many of them share is the same on each."""

import pytest

from kokemus.inputs import Inputs
from kokemus.pages import ENVIRONMENT, _context, _part
from kokemus.publish import publish
from kokemus.view import View
from tests.conftest import DEMO_DAY


@pytest.mark.parametrize("name", ["footer.html", "remotely.html"])
def test_a_part_that_is_made_once_is_what_each_page_would_make_of_it(inputs: Inputs, name: str) -> None:
    """Whatever page it is made for first, in every language and at every depth."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    for page in site.outline:
        own = ENVIRONMENT.get_template(name).render(_context(site, page))
        assert _part(site, page, name, View(site, page).root) == own, page.url
    assert len(site.parts) == 9
