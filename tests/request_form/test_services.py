"""The services: each with the configuration that it needs, what it posts, and the mistakes that stop a build."""

import re
from typing import Any

import pytest

from kokemus.documents.problems import TEXTS
from kokemus.request_form import form
from kokemus.request_form.addresses import known
from kokemus.request_form.delivery import Form
from kokemus.request_form.form import FormView
from kokemus.request_form.services import SERVICES
from kokemus.resources import LANGUAGES
from tests.request_form.test_form import GOOD, SITE, VOCABULARY, codes, rendered, settings, view
from tests.rigs.request_sites import PROCESSOR

KEY = "9c1f4d3e-7a52-4c0b-8f6d-2b1a0e9d8c7b"
CHOICES: dict[str, dict[str, Any]] = {
    "generic": {},
    "formward": {"url": "https://forms.formward.eu/f/abc123"},
    "formspark": {"url": "https://submit-form.com/abc123"},
    "formspree": {"url": "https://formspree.io/f/abcdwxyz"},
    "netlify": {"without": "url"},
    "web3forms": {"without": "url", "key": KEY},
    "formspring": {"url": "https://formspring.io/f/r2EdO-orF-3S"},
    "basin": {"url": "https://usebasin.com/f/0123456789ab"},
    "formbackend": {"url": "https://www.formbackend.com/f/0123456789ab"},
    "link": {"url": "mailto:kokemus@example.org"},
}
POSTING = [name for name in SERVICES if name != "link"]


def chosen(id: str, **changes: Any) -> Form:
    found, problems = settings(**{"service": id, **CHOICES[id], **changes})
    assert problems == []
    assert found is not None
    return found


def hidden(shown: FormView) -> dict[str, str]:
    return {name: value for _, name, value in shown.hidden}


def test_every_service_has_a_configuration_that_works() -> None:
    """No service is only named in the list."""
    assert set(CHOICES) == set(SERVICES)
    for id in SERVICES:
        assert chosen(id).id == id


@pytest.mark.parametrize("fields", ["labels", "keys"])
@pytest.mark.parametrize("id", POSTING)
def test_no_field_is_called_what_the_service_calls_its_own(id: str, fields: str) -> None:
    """In every language of the coordinator, with labels and with keys, all posted names differ."""
    for coordinator in LANGUAGES:
        shown = view("fi", coordinator, chosen(id, names={"fields": fields}))
        names = [field.name for section in shown.sections for field in section.fields]
        names += [name for _, name, _ in shown.hidden] + [shown.honeypot] * bool(shown.honeypot)
        assert len({name.casefold() for name in names}) == len(names)
        assert all(names)


@pytest.mark.parametrize("id", POSTING)
def test_the_html_is_whole_for_every_service(id: str) -> None:
    """One form, closed tags, the action and the hidden pairs that the service documents, the address as email."""
    html = rendered(view(chosen=chosen(id)))
    (found,) = html.all("form")
    assert html.open == []
    assert found["method"] == "post"
    assert len(html.all("input", name="email")) == 1
    assert found["action"] == {
        "netlify": "/lappi/kiitos/",
        "web3forms": "https://api.web3forms.com/submit",
    }.get(id, CHOICES[id].get("url", GOOD["url"]))


def test_formspark_never_puts_answers_into_an_address() -> None:
    """``_append=false`` is in its form whatever is configured, so the redirect carries no values."""
    for fields in ("labels", "keys"):
        assert hidden(view(chosen=chosen("formspark", names={"fields": fields})))["_append"] == "false"


def test_formspark_leads_back_here_when_it_fails() -> None:
    """Even without JavaScript, the requester reads in their own language that the request did not arrive."""
    shown = view("sv", chosen=chosen("formspark"))
    assert hidden(shown)["_error"] == f"{SITE}pyynto/#form-not-sent"
    assert len(rendered(shown).all("div", id="form-not-sent")) == 1


def test_each_service_gets_the_redirect_under_its_own_name() -> None:
    """For services that accept a redirect."""
    names = {"generic": "_redirect", "formward": "_redirect", "formspark": "_redirect", "formspree": "_next"}
    for id, name in {**names, "web3forms": "redirect"}.items():
        assert hidden(view(chosen=chosen(id)))[name] == f"{SITE}kiitos/"


def test_netlify_finds_the_form_and_the_visitor_stays_on_the_site() -> None:
    """Its robot reads the attributes, the name is the same in every language, and no other host is in the policy."""
    found = chosen("netlify")
    for language in LANGUAGES:
        (html,) = rendered(view(language, chosen=found)).all("form")
        assert (html["name"], html["data-netlify"], html["netlify-honeypot"]) == ("kokemus", "true", "second_remark")
    assert hidden(view(chosen=found))["form-name"] == "kokemus"
    assert (found.form_hosts, found.script_hosts) == ((), ())


def test_web3forms_gets_its_public_key_and_needs_one() -> None:
    """Every visitor sends the key. A malformed key is refused and not repeated."""
    assert hidden(view(chosen=chosen("web3forms")))["access_key"] == KEY
    assert codes(service="web3forms", without="url") == ["no-form-key"]
    _, problems = settings(service="web3forms", without="url", key="hush-hush")
    assert [problem.code for problem in problems] == ["form-key"]
    assert "hush" not in repr(problems)
    assert codes(key=KEY) == ["form-key-unused"]


@pytest.mark.parametrize(
    ("id", "url"),
    [
        ("formward", "https://forms.formward.eu.evil.example/f/abc"),
        ("formward", "https://forms.formward.eu/f/"),
        ("formspree", "https://submit-form.com/abc"),
        ("formspark", "https://formspark.io/abc"),
        ("web3forms", "https://api.web3forms.com/elsewhere"),
    ],
)
def test_an_address_of_another_service_is_refused(id: str, url: str) -> None:
    """Otherwise requests would be read by the wrong rules."""
    more = {"key": KEY} if id == "web3forms" else {}
    assert codes(service=id, url=url, **more) == ["form-url-elsewhere"]


@pytest.mark.parametrize("id", [id for id, one in SERVICES.items() if one.address])
def test_generic_is_not_used_for_a_service_that_is_known(id: str) -> None:
    """Especially not for Formspark, whose ``_append=false`` would be missing."""
    assert codes(url=SERVICES[id].address + "abc") == ["form-url-known"]


@pytest.mark.parametrize("host", ["docs.google.com", "forms.gle", "forms.office.com", "link.webropolsurveys.com"])
def test_the_address_of_a_form_s_own_page_takes_no_requests(host: str) -> None:
    """Every request would be lost. For a link to that page there is the service ``link``."""
    assert codes(url=f"https://{host}/forms/d/e/1F/viewform") == ["form-url-page"]
    assert codes(url=f"https://{host}.example.org/x") == []


def test_an_address_identifies_its_service() -> None:
    """By its host, in any spelling. One that only resembles it, or is invalid, belongs to no service."""
    for id, one in SERVICES.items():
        assert not one.address or known(one.address + "abc") == id
    assert known("HTTPS://Forms.Formward.EU/f/abc") == "formward"
    for url in ("https://forms.formward.eu.evil.example/f/abc", "https://x.example/?https://formspree.io/f/a", "…", ""):
        assert known(url) is None
    for url in ("https://[x/", "https://[1:2]/", "formspree.io/f/abc"):
        assert known(url) is None


def test_a_placeholder_for_the_key_is_reported_as_one() -> None:
    """As ``kokemus init`` leaves it. The site can be built, and ``kokemus check`` names the key until it is there."""
    assert chosen("web3forms", key="…").key == "…"
    assert codes(service="web3forms", without="url", key="….") == ["form-key"]


def test_what_a_service_documents_cannot_be_configured() -> None:
    """Only generic and presets can set names, hidden pairs and the sign of success. All can name answers by key."""
    formward = {"service": "formward", **CHOICES["formward"]}
    assert codes(**formward, names={"honeypot": "trap"}) == ["form-contract"]
    assert codes(**formward, hidden={"a": "b"}) == ["form-contract"]
    assert codes(**formward, success="ok") == ["form-contract"]
    assert codes(**formward, names={"fields": "keys"}) == []
    assert chosen("formspring", names={"honeypot": "nickname_2"}).service.names.honeypot == "nickname_2"
    assert codes(service="netlify", url="https://x.example/") == ["form-url-here"]


def test_hidden_pairs_are_sent_and_overwrite_nothing() -> None:
    """Some services, such as Cloudflare's static forms, need a pair of their own."""
    assert (
        hidden(view(chosen=chosen("generic", hidden={"static-form-name": "kokemus"})))["static-form-name"] == "kokemus"
    )
    assert codes(hidden={"email": "x"}) == ["form-name-taken"]
    assert codes(hidden={"_redirect": "https://evil.example/"}) == ["form-name-taken"]
    assert codes(hidden=["a"]) == ["not-a-mapping"]


@pytest.mark.parametrize(
    "url",
    ["mailto:kokemus@example.org", "tel:+358165550100", "tel:016-5550100", "https://link.webropolsurveys.com/S/ABC"],
)
def test_a_link_leads_there_and_posts_nothing(url: str) -> None:
    """There is no form, but the same facts are next to the link."""
    name = "Webropol Oy" if "webropol" in url else "Lomake Oy"
    found = chosen("link", url=url, processor={**PROCESSOR, "name": name})
    html = rendered(view(chosen=found))
    assert html.all("form") == []
    assert (html.all("a", id="request-link")[0]["href"] or "").partition("?")[0] == url
    assert "Lomake Oy" in html.text
    assert (found.form_hosts, found.script_hosts) == ((), ())


@pytest.mark.parametrize(
    "url", ["mailto:a@b.fi?bcc=c@d.fi", "mailto:", "javascript:alert(1)", "tel:911;ext=1", "sms:112"]
)
def test_a_link_leads_nowhere_else(url: str) -> None:
    """Nothing that would send to others, or run code."""
    assert codes(service="link", url=url) == ["form-url"]


def test_who_the_service_is_and_where_need_not_be_written_twice() -> None:
    """Known services have their name and country in each language. The association says how long they keep data."""
    kept = {"retention": PROCESSOR["retention"]}
    processor = chosen("formward", processor=kept).processor
    assert processor.name == "Formward"
    assert processor.country == {"fi": "Ruotsi", "sv": "Sverige", "en": "Sweden"}
    assert codes(service="formward", url=CHOICES["formward"]["url"], processor={}) == ["missing-fact"]
    assert codes(processor=kept) == ["missing-fact", "missing-fact"]


def test_every_service_that_is_asked_by_script_has_a_sign_of_success() -> None:
    """The others are left to the browser, which shows the service's own answer."""
    for id, one in SERVICES.items():
        assert bool(one.encoding) == any(rule.outcome == "accepted" for rule in one.rules), id


def test_every_problem_of_the_form_says_what_to_write() -> None:
    """Each problem of the form says what to write instead."""
    for code in (code for code in TEXTS if code.startswith(("form-", "no-form", "no-service"))):
        assert re.search(r"write|add|take|run|look", TEXTS[code]["help"]), code


def test_a_redirect_to_another_site_stops_the_build() -> None:
    """Whatever the service calls it."""
    with pytest.raises(ValueError, match="is not on"):
        form.view(chosen("formspree"), VOCABULARY, "fi", "fi", ("fi",), {"thanks": "https://evil.example/"})
