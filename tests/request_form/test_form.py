"""The request form: its configuration, what it posts, and its HTML."""

import re
from collections import Counter
from dataclasses import asdict, replace
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import jinja2
import pytest

from kokemus.documents.document import Document
from kokemus.documents.parser import read
from kokemus.documents.problems import Problem
from kokemus.request_form import brought, delivery, form, questions, services
from kokemus.request_form.delivery import Form
from kokemus.request_form.form import FormView
from kokemus.request_form.services import SERVICES
from kokemus.resources import LANGUAGES
from kokemus.vocabulary import Term, Terms, Vocabulary
from kokemus.vocabulary.node import Node
from tests.rigs.request_sites import PROCESSOR

SITE = "https://kokemus.example.org/lappi/"
VISIBLE = [
    *("topics", "format", "audience", "group_size", "aim", "time", "municipality", "talk_language"),
    *("organisation", "contact_name", "email", "phone"),
]
REQUIRED = [key for key in VISIBLE if key not in ("phone", "talk_language")]
FOLDED = [
    *("mode", "remote_host", "equipment", "accessibility", "alternative_times", "flexible", "duration"),
    *("age_group", "recurring", "course", "organisation_type", "fee", "invoicing", "reply_language"),
    *("staff_present", "aftercare", "recent_loss", "recording"),
]
GOOD: dict[str, Any] = {
    "service": "generic",
    "url": "https://forms.example.org/f/abc",
    "processor": PROCESSOR,
}


def terms(*entries: tuple[str, str, str, str], **facts: str) -> Terms:
    return Terms(
        terms={id: Term(id=id, labels={"fi": fi, "sv": sv, "en": en}, facts=facts) for id, fi, sv, en in entries}
    )


PLACES = (
    ("everywhere", "", "koko maa", "hela landet"),
    ("lappi", "everywhere", "Lappi", "Lappland"),
    ("kemi-tornio", "lappi", "Kemi-Tornio", "Kemi-Torneå"),
    ("tornio", "kemi-tornio", "Tornio", "Torneå"),
    ("kemi", "kemi-tornio", "Kemi", "Kemi"),
    ("uusimaa", "everywhere", "Uusimaa", "Nyland"),
    ("helsinki", "uusimaa", "Helsinki", "Helsingfors"),
)
VOCABULARY = Vocabulary(
    topics=Terms(
        terms={
            **terms(("depression", "masennus", "depression", "depression"), group="mental-health"),
            **terms(("anxiety", "ahdistus", "ångest", "anxiety"), group="mental-health"),
            **terms(("hope", "toivo", "hopp", "hope"), group="recovery"),
            **terms(("house", "oma aihe", "eget tema", "our own topic"), group="no-such-group"),
        }
    ),
    formats=terms(("panel", "paneeli & haastattelu", "panel", "panel"), ("outreach", "messut", "mässa", "fair")),
    audiences=terms(("public", "suuri yleisö", "allmänheten", "general public")),
    languages=terms(
        ("fi", "suomi", "finska", "Finnish"),
        ("sv", "ruotsi", "svenska", "Swedish"),
        ("en", "englanti", "engelska", "English"),
    ),
    places=Terms(
        terms={id: Term(id=id, labels={"fi": fi, "sv": sv}, facts={"parent": above}) for id, above, fi, sv in PLACES}
    ),
    groups=terms(
        ("mental-health", "mielenterveys", "psykisk hälsa", "mental health"),
        ("recovery", "toipuminen", "återhämtning", "recovery"),
    ),
).serving(["lappi"])

FACTS = {
    "association": "Esimerkki ry",
    "controller": "Esimerkki ry",
    "email": "kokemus@example.org",
    "phone": "016 555 0100",
    "answer_within": "5 arkipäivän kuluessa",
    "processor_name": "Lomake Oy",
    "processor_country": "Suomi",
    "processor_retention": "30 päivää",
    "thanks": f"{SITE}kiitos/",
    "request": f"{SITE}pyynto/",
}


def keeper(service: str) -> dict[str, Any]:
    """Who keeps the requests, as far as the service does not document it itself."""
    documented = asdict(SERVICES[service]) if service in SERVICES else {}
    return {key: value for key, value in PROCESSOR.items() if not documented.get(key)}


def settings(site_url: str = SITE, without: str = "", **changes: Any) -> tuple[Form | None, list[Problem]]:
    """The form of a good configuration with some of it changed."""
    said = {"processor": keeper(changes.get("service", "generic"))}
    data = {key: value for key, value in {**GOOD, **said, **changes}.items() if key != without}
    node = Node(Document(path="mkdocs.yml", data={"form": data}, marks={}, raw={}), [], ("form",), data)
    return delivery.settings(node, site_url), node.problems


def codes(**changes: Any) -> list[str]:
    """The problems of a good configuration with some of it changed. If there are any, there is no form."""
    found, problems = settings(**changes)
    assert (found is None) == bool(problems)
    return [problem.code for problem in problems]


def good() -> Form:
    found, problems = settings()
    assert problems == []
    assert found is not None
    return found


def view(language: str = "fi", coordinator: str = "fi", chosen: Form | None = None, **facts: str) -> FormView:
    links = {
        "crisis": [("Kriisipuhelin", "tel:0925250111"), ("Kriisiapu", "../kriisiapu/")],
        "privacy": [("Seloste", "../seloste/")],
    }
    return form.view(chosen or good(), VOCABULARY, language, coordinator, LANGUAGES, {**FACTS, **facts}, links)


def fields(shown: FormView) -> dict[str, form.Field]:
    return {field.key: field for section in shown.sections for field in section.fields}


def options(field: form.Field) -> list[form.Option]:
    return [option for _, options in field.groups for option in options]


class Html(HTMLParser):
    """Every start tag with its attributes, in order, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        return [found for name, found in self.tags if name == tag and attributes.items() <= found.items()]


def rendered(shown: FormView) -> Html:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(files("kokemus") / "public" / "templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    macros = environment.get_template("form.html").module
    whole = environment.from_string("{{ macros.request_form(view, macros.folded(view)) }}")
    return Html(whole.render(macros=macros, view=shown))


def test_every_field_of_the_design_is_asked_in_its_order() -> None:
    """Twelve visible questions, the others folded; besides them only the text fields of «other»."""
    asked = [key for section in view().sections for key in (field.key for field in section.fields)]
    assert asked == list(questions.FIELDS)
    assert [key for key in asked if not key.endswith("_other")] == [*VISIBLE, *FOLDED]
    folded = {field.key for section in view().sections if section.folded for field in section.fields}
    assert {key for key in folded if not key.endswith("_other")} == set(FOLDED)
    assert len(VISIBLE) == 12


def test_exactly_the_mandatory_core_is_required() -> None:
    """Ten answers are required. The only other visible question that may stay empty is the telephone."""
    assert [key for key, field in fields(view()).items() if field.required] == REQUIRED
    assert len(REQUIRED) == 10
    assert [option.chosen for option in options(fields(view())["reply_language"])].count(True) == 1


def test_every_question_has_a_label_and_every_required_one_says_when_it_is_missing() -> None:
    """The languages of these texts are tested in ``tests/test_resources.py``."""
    conditional = {key for key, entry in questions.FIELDS.items() if "only_with" in entry}
    assert conditional == {"municipality_other"}
    assert {key for key, entry in questions.FIELDS.items() if "missing" in entry} == {*REQUIRED, *conditional}
    assert all("label" in entry for entry in questions.FIELDS.values())


def test_the_forms_file_is_yaml_without_surprises() -> None:
    """It follows the rules for everybody's YAML, and no yes or no became a boolean."""
    document, problems = read("form.yml", (files("kokemus") / "public" / "texts" / "form.yml").read_bytes())
    assert problems == ()
    assert document is not None
    values = [option["value"] for entry in questions.FIELDS.values() for option in entry.get("options", [])]
    assert all(isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) for value in values)


def test_a_request_is_never_called_a_booking() -> None:
    """It is called request, pyyntö, förfrågan throughout."""
    text = (files("kokemus") / "public" / "texts" / "form.yml").read_text("utf-8").casefold()
    assert not re.search(r"vara(us|uks|ta\b|ttu)|bokning|boka|booking|\bbook", text)


@pytest.mark.parametrize("coordinator", LANGUAGES)
def test_the_coordinator_reads_names_and_values_in_their_own_language(coordinator: str) -> None:
    """Whatever the page's language, the same names, values and subject are posted."""
    posted = [
        {(field.name, option.id, option.value) for field in fields(shown).values() for option in options(field)}
        | {(field.name, "", "") for field in fields(shown).values()}
        for shown in (view(language, coordinator) for language in LANGUAGES)
    ]
    assert posted[0] == posted[1] == posted[2]
    subjects = {view(language, coordinator).hidden[0] for language in LANGUAGES}
    assert len(subjects) == 1


def test_a_swedish_page_posts_finnish_to_a_finnish_coordinator() -> None:
    """The requester reads Swedish. Values and the page's language arrive in Finnish, and the names are the same."""
    shown = view("sv", "fi")
    topic = next(option for option in options(fields(shown)["topics"]) if option.id == "topic-anxiety")
    assert (topic.label, topic.value) == ("ångest", "ahdistus")
    assert fields(shown)["topics"].label == "Teman"
    assert fields(shown)["topics"].name == "Aiheet"
    assert ("language", "Lomakkeen kieli", "ruotsi") in shown.hidden
    assert ("subject", "_subject", "Pyyntö kokemusasiantuntijasta") in shown.hidden


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_answers_share_a_name(language: str) -> None:
    """Names are distinct, and so are the values of one question. A service cannot mistake a name for a path."""
    shown = view("fi", language)
    names = [field.name for field in fields(shown).values()] + [name for _, name, _ in shown.hidden] + [shown.honeypot]
    assert len(names) == len(set(names))
    assert not [name for name in names if re.search(r"[.\[\]{}<>]", name)]
    for field in fields(shown).values():
        values = [option.value for option in options(field)]
        assert len(values) == len(set(values)), field.key


def test_the_answers_can_be_named_by_their_keys() -> None:
    """Labels are for people. With ``names.fields: keys`` a machine gets stable English names. Values stay readable."""
    found, problems = settings(names={"fields": "keys"})
    assert problems == []
    shown = view("sv", "fi", found)
    assert all(key == field.name for key, field in fields(shown).items())
    assert ("language", "language", "ruotsi") in shown.hidden
    assert {option.value for option in options(fields(shown)["topics"])} >= {"ahdistus"}


def test_a_service_can_be_told_whom_to_reply_to() -> None:
    """The requester's address is called email unless the service wants it under another name, or twice."""
    assert fields(view())["email"].name == "email"
    found, problems = settings(names={"reply_to": "_replyto"})
    assert problems == []
    assert fields(view(chosen=found))["email"].name == "_replyto"
    copied, problems = settings(service="formward", url="https://forms.formward.eu/f/abc")
    assert problems == []
    assert ("reply-copy", "_replyto", "") in view(chosen=copied).hidden


def test_topics_come_group_by_group_and_none_is_lost() -> None:
    """First the option to leave it open, then the groups, last the topics of no known group."""
    assert [(legend, [option.id for option in options]) for legend, options in fields(view())["topics"].groups] == [
        ("", ["topic-undecided"]),
        ("mielenterveys", ["topic-anxiety", "topic-depression"]),
        ("toipuminen", ["topic-hope"]),
        ("", ["topic-house"]),
    ]


def test_only_served_municipalities_can_be_chosen_remote_and_somewhere_else() -> None:
    """Regions and unserved places are not in the list. It begins with «remote» and ends with «other»."""
    assert [option.id for option in options(fields(view("sv"))["municipality"])] == [
        "municipality-remote",
        "municipality-kemi",
        "municipality-tornio",
        "municipality-other",
    ]


def test_a_page_can_bring_choices_along() -> None:
    """A page's topic stands ticked before the folded groups; its format or audience is selected in its list."""
    chosen = {"topic": "anxiety", "format": "panel", "audience": "public"}
    shown = brought.choosing(view(), chosen, "https://example.org/pyynto/")
    topics = fields(shown)["topics"]
    assert [(option.id, option.chosen) for option in topics.brought] == [("topic-anxiety", True)]
    assert "topic-anxiety" not in [option.id for option in options(topics)]
    for key, id in (("format", "format-panel"), ("audience", "audience-public")):
        assert [option.id for option in options(fields(shown)[key]) if option.chosen] == [id]
    html = rendered(shown)
    assert [found["id"] for found in html.all("input", type="checkbox") if "checked" in found] == ["topic-anxiety"]
    assert len(html.all("input", id="topic-anxiety")) == 1
    assert html.all("details")[0]["class"] == "field__others"


def test_a_mail_link_carries_the_topic_in_its_subject() -> None:
    """If the association takes requests by e-mail, without any script."""
    found, problems = settings(service="link", url="mailto:kokemus@example.org")
    assert problems == []
    shown = brought.choosing(view(chosen=found), {"topic": "anxiety"}, "https://example.org/pyynto/")
    assert unquote(shown.action) == "mailto:kokemus@example.org?subject=Pyyntö kokemusasiantuntijasta: ahdistus"
    assert rendered(shown).all("a", href=shown.action)
    assert rendered(shown).all("script") == []


def test_the_page_s_language_and_what_asks_for_nothing_are_chosen_beforehand() -> None:
    """Nothing else is answered in advance. The script takes «not yet» back, as it can require a topic."""
    chosen = [option.id for field in fields(view("sv")).values() for option in options(field) if option.chosen]
    assert chosen == ["topic-undecided", "language-sv", "reply_language-sv", "recording-no"]


def test_a_good_configuration_gives_a_form() -> None:
    """With the service's own names by default."""
    found = good()
    assert (found.id, found.action, found.service) == ("generic", GOOD["url"], services.SERVICES["generic"])


def test_the_policy_allows_the_service_origin_and_nothing_more() -> None:
    """Without path, query and capitals, with the port. A script may only ask a service whose answer it can read."""
    found, _ = settings(url="HTTPS://Forms.Example.org:8443/f/abc?x=1")
    assert found is not None
    assert found.form_hosts == ("https://forms.example.org:8443",)
    assert found.script_hosts == ()
    found, _ = settings(success="ok")
    assert found is not None
    assert found.script_hosts == ("https://forms.example.org",)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8090/x", "http://localhost/x", "http://[::1]:1/x"])
def test_this_very_machine_is_for_a_site_that_is_shown_there_too(url: str) -> None:
    """To try the form out. A public site that posted there would lose every request."""
    assert settings(site_url="http://127.0.0.1:8000/", url=url)[1] == []
    assert codes(url=url) == ["form-url-loopback"]
    assert codes(url=url.replace("http:", "https:")) == ["form-url-loopback"]


def test_https_is_accepted() -> None:
    """Also with a query and a fragment."""
    assert codes(url="https://f.example/x?a=b#c") == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://forms.example.org/f", "form-url-not-https"),
        ("http://localhost.example.org/f", "form-url-not-https"),
        ("http://127.0.0.1.example.org/f", "form-url-not-https"),
        ("ftp://forms.example.org/f", "form-url-not-https"),
        ("forms.example.org/f", "form-url"),
        ("//forms.example.org/f", "form-url"),
        ("mailto:kokemus@example.org", "form-url"),
        ("https://", "form-url"),
        ("https:///f", "form-url"),
        ("https://forms.example.org/f g", "form-url"),
        ("https://forms.example.org; default-src *", "form-url"),
        ("https://forms.example.org\\@evil.example/", "form-url"),
        ("https://lomäke.example/f", "form-url"),
        ("javascript:alert(1)", "form-url"),
        ("https://coordinator@forms.example.org/f", "form-url-user"),
        ("https://a:b@forms.example.org/f", "form-url-user"),
    ],
)
def test_other_addresses_are_refused(url: str, code: str) -> None:
    """Each with the reason, at the address."""
    found, problems = settings(url=url)
    assert found is None
    assert [(problem.code, problem.route) for problem in problems] == [(code, ("form", "url"))]


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "https://forms.example.org/f/sk_live_4242hush"},
        {"url": "https://forms.example.org/f?api_key=4242hush"},
        {"url": "https://forms.example.org/f?a=b&access_token=4242hush"},
        {"url": "https://forms.example.org/f?secret=4242hush"},
        {"names": {"subject": "sk_test_4242hush"}},
        {"service": "sk_live_4242hush"},
    ],
)
def test_a_secret_key_is_refused_and_not_repeated(changes: dict[str, Any]) -> None:
    """Anything that looks like a secret stops publication, and no message carries it into a log."""
    found, problems = settings(**changes)
    assert found is None
    assert "form-secret" in [problem.code for problem in problems]
    assert "4242hush" not in repr(problems)


def test_a_key_that_is_called_secret_is_refused() -> None:
    """Whatever its value."""
    assert codes(api_key="4242") == ["form-secret", "unknown-key"]


@pytest.mark.parametrize(
    "url", ["https://forms.example.org/task_form", "https://f.example/sk/lomake", "https://f.example/f?id=rsk_1"]
)
def test_a_harmless_address_is_not_a_secret(url: str) -> None:
    """Only whole prefixes count."""
    assert codes(url=url) == []


def test_the_service_is_named_and_known() -> None:
    """A missing, an unknown and an unreadable service are three different problems."""
    assert codes(without="service") == ["no-service"]
    assert codes(service="pigeon") == ["unknown-service"]
    assert codes(service=True) == ["yaml-boolean"]
    assert codes(without="url") == ["no-form-url"]


def test_all_problems_are_reported_at_once() -> None:
    """One run reports the service, the address, the names, the processor and the site's own address."""
    found, problems = settings(
        site_url="/", service="pigeon", url="http://x.example/", names={"subject": "aim"}, processor={"name": "x"}
    )
    assert found is None
    assert sorted(problem.code for problem in problems) == [
        "form-name-taken",
        "form-url-not-https",
        "missing-fact",
        "missing-fact",
        "site-url-not-absolute",
        "unknown-service",
    ]


@pytest.mark.parametrize(
    "names",
    [
        {"subject": "organisation"},
        {"subject": "Aiheet"},
        {"redirect": "E-post"},
        {"honeypot": "phone"},
        {"honeypot": "Reference"},
        {"subject": "email"},
        {"reply_to": "phone"},
        {"subject": "_redirect"},
        {"honeypot": "_subject"},
    ],
)
def test_a_control_name_that_is_a_fields_own_is_refused(names: dict[str, str]) -> None:
    """Keys and labels in every language are taken, and two controls cannot share a name."""
    assert codes(names=names) == ["form-name-taken"]


def test_names_are_named_as_known() -> None:
    """A mistyped control and an unknown way of naming are reported."""
    assert codes(names={"subjekt": "x"}) == ["unknown-key"]
    assert codes(names={"fields": "numbers"}) == ["form-fields"]


def test_the_processor_is_described_in_every_language_of_the_site() -> None:
    """Each missing fact is named."""
    _, problems = settings(processor={"name": "Lomake Oy", "country": {"fi": "Suomi"}})
    assert [dict(problem.values)["fact"] for problem in problems] == [
        "form.processor.retention",
        "form.processor.country.sv",
        "form.processor.country.en",
    ]
    assert codes(without="processor") == ["missing-fact"]


@pytest.mark.parametrize("thanks", [f"{SITE}sv/tack/", "sv/tack/"])
def test_the_redirect_is_absolute_and_on_the_sites_own_origin(thanks: str) -> None:
    """The service gets an absolute address, whether the page was given as one or within the site."""
    assert ("redirect", "_redirect", f"{SITE}sv/tack/") in view("sv", thanks=thanks).hidden


@pytest.mark.parametrize(
    "thanks", ["https://kokemus.example.org.evil.example/", "//evil.example/", "http://kokemus.example.org/"]
)
def test_a_redirect_elsewhere_is_refused(thanks: str) -> None:
    """No requester is sent to another site."""
    with pytest.raises(ValueError, match="is not on"):
        view(thanks=thanks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_facts_stand_before_send(language: str) -> None:
    """Who answers, who processes, where and for how long, whom to call, and an alternative to the form."""
    html = rendered(view(language))
    for fact in ("Esimerkki ry", "5 arkipäivän kuluessa", "Lomake Oy", "Suomi", "30 päivää", "112", "016 555 0100"):
        assert fact in html.text
    hrefs = [found["href"] for found in html.all("a")]
    way_round = ["mailto:kokemus@example.org", "tel:+358165550100"]
    assert hrefs == ["../seloste/", "tel:0925250111", "../kriisiapu/", *way_round, *way_round]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_unique_and_labels_and_hints_meet_their_fields(language: str) -> None:
    """Every label belongs to one control, every control has one label, every description exists."""
    html = rendered(view(language))
    ids = Counter(found["id"] for _, found in html.tags if "id" in found)
    assert [id for id, count in ids.items() if count > 1] == []
    controls = [found for tag, found in html.tags if tag in ("input", "select", "textarea")]
    seen = Counter(found["id"] for found in controls if found.get("type") != "hidden" and "hidden" not in found)
    assert Counter(found["for"] for found in html.all("label")) == seen
    assert {found["aria-describedby"] for _, found in html.tags if "aria-describedby" in found} <= set(ids)
    assert html.open == []


def test_other_pages_can_link_to_a_choice() -> None:
    """Topics, formats and audiences have the ids that links to the form use."""
    ids = {found.get("id") for _, found in rendered(view()).tags}
    assert {"topic-depression", "topic-undecided", "format-panel", "audience-public"} <= ids
    assert {"field-topics", "field-format", "field-audience", "mode-remote"} <= ids


def test_a_group_of_choices_has_a_fieldset_with_a_legend() -> None:
    """Each fieldset begins with its legend. Radio buttons and checkboxes are in a fieldset of their own."""
    html = rendered(view())
    names = [tag for tag, _ in html.tags]
    assert all(names[at + 1] == "legend" for at, tag in enumerate(names) if tag == "fieldset")
    grouped = {found.get("id") for found in html.all("fieldset")}
    several = {f"field-{key}" for key, field in fields(view()).items() if field.control in ("radio", "checkboxes")}
    assert several <= grouped


def test_what_is_required_says_so_in_words_and_to_the_browser() -> None:
    """Only topics have no native rule, because any one of them is enough: «not yet» is chosen beforehand."""
    html = rendered(view())
    assert html.text.count("(pakollinen)") == len(REQUIRED) + 1  # and the name of a place that is not on the list
    required = {found["name"] for _, found in html.tags if "required" in found}
    assert required == {field.name for field in fields(view()).values() if field.required and field.key != "topics"}
    assert all(html.tags[at + 1][1].get("value") == "" for at, (tag, _) in enumerate(html.tags) if tag == "select")


def test_the_honeypot_is_out_of_peoples_way() -> None:
    """Hidden by the stylesheet, skipped by the keyboard and by autofill, with a note to leave it empty."""
    html = rendered(view())
    (trap,) = html.all("input", name="second_remark")
    assert (trap["type"], trap["value"], trap["tabindex"], trap["autocomplete"]) == ("text", "", "-1", "off")
    assert "required" not in trap
    assert len(html.all("div", **{"class": "honeypot field"})) == 1
    assert len(html.all("label", **{"for": str(trap["id"])})) == 1
    known = "name|mail|tel|phone|url|web|address|street|city|zip|post|country|company|org|title|user|pass|card|code"
    assert not re.search(known, "second_remark")


def test_the_form_posts_as_plain_html() -> None:
    """No script but data, no style, no handler: one form, one button, one place to post to."""
    html = rendered(view())
    (found,) = html.all("form")
    assert (found["method"], found["action"], found["accept-charset"]) == ("post", GOOD["url"], "utf-8")
    assert [attributes["type"] for tag, attributes in html.tags if tag == "script"] == ["application/json"]
    assert not [tag for tag, attributes in html.tags if tag == "style" or "style" in attributes]
    assert not [name for _, attributes in html.tags for name in attributes if name.startswith("on")]
    assert len(html.all("button", type="submit")) == 1
    assert {found["name"]: found["value"] for found in html.all("input", type="hidden")} == {
        "_subject": "Pyyntö kokemusasiantuntijasta",
        "_redirect": f"{SITE}kiitos/",
        "Lomakkeen kieli": "suomi",
    }
    assert [found["id"] for found in html.all("input", name="Viite", value="")] == ["form-reference"]


def test_texts_are_escaped() -> None:
    """An ampersand or an angle bracket in the vocabulary or a fact stays text."""
    html = rendered(view(association="<b>Ry</b> & co"))
    assert html.all("b") == []
    assert "<b>Ry</b> & co" in html.text
    assert len(html.all("option", value="paneeli & haastattelu")) == 1


def test_browsers_can_fill_in_who_asks() -> None:
    """The fields about the requester have the tokens of WCAG 1.3.5."""
    tokens = {key: field.autocomplete for key, field in fields(view()).items() if field.autocomplete}
    assert tokens == {"organisation": "organization", "contact_name": "name", "email": "email", "phone": "tel"}
    assert rendered(view()).all("input", id="field-email")[0]["type"] == "email"


def test_a_form_in_a_language_without_texts_falls_back_to_finnish() -> None:
    """Northern Sámi can be enabled before its texts exist."""
    sami = Term(id="se", labels={"fi": "pohjoissaame"})
    vocabulary = replace(VOCABULARY, languages=Terms(terms={**VOCABULARY.languages, "se": sami}))
    shown = form.view(good(), vocabulary, "se", "fi", ("fi", "se"), FACTS)
    assert fields(shown)["topics"].label == "Aiheet"
    assert ("language", "Lomakkeen kieli", "pohjoissaame") in shown.hidden


def test_no_word_of_the_form_is_hidden_by_a_method_of_the_mapping() -> None:
    """A template reads ``texts.copy`` as the dictionary's method, so no text may have such a name."""
    for texts in (questions.TEXTS, questions.SCRIPT, questions.OUTCOMES):
        assert not set(texts) & set(dir(dict))
    assert "built-in method" not in rendered(view()).text
