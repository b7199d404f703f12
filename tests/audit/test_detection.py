"""The leak audit finds every form of a private value, and gives no false alarm for words that are public."""

import base64
import gzip
import html
import json
import random
import unicodedata
from urllib.parse import quote

import pytest

from kokemus import audit
from kokemus.anonymity import Card
from kokemus.audit.needles import Secret
from kokemus.documents import parser
from kokemus.documents.document import Document

PROFILE = """\
consent: {given: 2026-03-02}
card: {consent: 2026-03-02, name: Revontuli, text: {fi: "Kerron, miten kirjoittaminen kantoi."}}
private:
  name: Toivo Ränderström
  email: toivo.r@example.org
  phone: 040 555 0199
  pin: 0123
  limits: "does not talk about the hospital or the years before the move to the coast"
  notes: [seen twice, {where: Pikkukylä}]
"""


def document(text: str = PROFILE) -> Document:
    found, _ = parser.read("experts/q7x.yml", text.encode())
    assert found
    return found


def leaks(
    content: bytes | str, public: str = "", name: str = "index.html", published: tuple[Card, ...] = ()
) -> list[str]:
    """The routes of the secrets that are found in a file."""
    data = content.encode() if isinstance(content, str) else content
    kept = audit.unexplained(audit.secrets([document()], published), [public])
    return sorted({".".join(map(str, leak.secret.route)) for leak in audit.leaks([(name, data)], kept)})


def test_every_private_value_is_a_secret_whatever_its_type_or_depth() -> None:
    """Numbers, lists and mappings too, and the name of the file."""
    texts = {secret.text for secret in audit.secrets([document()])}
    assert {
        "q7x",
        "Toivo Ränderström",
        "toivo.r@example.org",
        "040 555 0199",
        "0123",
        "seen twice",
        "Pikkukylä",
    } <= texts


def test_each_word_of_a_name_is_a_secret_and_each_run_of_six_words_to_the_last() -> None:
    """Words of names count from three letters on, also in a list of names. Words of other values do not count alone."""
    broken = document("private: {name: [Ari Af Kivi], phone: 040 555, notes: one two three four five six seven}")
    texts = {secret.text for secret in audit.secrets([broken])}
    assert {"Ari", "Kivi", "one two three four five six", "two three four five six seven"} <= texts
    assert not texts & {"Af", "040", "555", "seven"}


def test_a_profile_with_mistakes_hides_nothing() -> None:
    """Secrets are taken from the file, not from a valid profile."""
    broken = document("consent: nonsense\nprivate: {name: Somebody Else}\n")
    assert "Somebody Else" in {secret.text for secret in audit.secrets([broken])}


NAME = "Toivo Ränderström"
FORMS = {
    "as typed": NAME,
    "decomposed": unicodedata.normalize("NFD", NAME),
    "in capitals": NAME.upper(),
    "url-escaped": quote(NAME),
    "beside a number that no letter has": f"&#{'9' * 5000}; {NAME}",
    "url-escaped in latin-1 form of spaces": quote(NAME).replace("%20", "+"),
    "html numbers": "".join(f"&#{ord(letter)};" for letter in NAME),
    "html hexadecimal": "".join(f"&#x{ord(letter):x};" for letter in NAME),
    "html names": html.escape(NAME).replace("ä", "&auml;").replace("ö", "&ouml;"),
    "json-escaped": json.dumps(NAME),
    "json-escaped after a new line": json.dumps(f"Terveisin\n{NAME}\n\tja muut"),
    "escaped as in scripts": NAME.replace("ä", r"\xe4").replace("T", r"\x54"),
    "escaped twice": quote(html.escape(json.dumps(NAME))),
    "a slug": "toivo-randerstrom",
    "a slug with underscores": "toivo_randerstrom",
    "run together": "toivoränderström",
    "in the middle of a word": "xxToivoRänderströmyy",
    "split by tags": "Toivo <b>Ränder</b>ström",
    "split by a comment": "Toivo Rän<!-- ä -->der<?ä?>ström",
    "split by tags of other formats": "Toivo Rän<ä>der</ä><_x/>ström",
    "after a sign that is no tag": "kun 1 < 2 ja a <= b, Toi<b>vo</b> Rän<b>derström</b>",
    "with a soft hyphen": "Toivo Ränder\u00adström",
    "over two lines": "Toivo\n      Ränderström",
    "in a comment": f"<!-- {NAME} -->",
    "in an attribute": f'<p data-x="{NAME}">',
    "the last name alone": "Herra Ränderström kertoo",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_of_a_value_is_found(form: str) -> None:
    """Each form is planted once, amid other text."""
    assert "private.name" in leaks(f"<p>alussa {form} lopussa</p>")


def test_a_short_name_at_the_beginning_of_a_line_is_found_in_json() -> None:
    """JSON escapes the line break before it; the letter of that escape must not join the name."""
    aino = [Secret("experts/a.yml", ("private", "name"), "Aino")]
    assert audit.leaks([("a.json", json.dumps("Terveisin\nAino").encode())], aino)


@pytest.mark.parametrize("before", range(7))
@pytest.mark.parametrize("value", ["Toivo Ränderström", "Pikkukylä"])
def test_a_value_is_found_wherever_in_a_text_it_begins(before: int, value: str) -> None:
    """With any number of letters before and after it. One of the values is as short as a long one can be."""
    assert leaks("a" * before + value)
    assert leaks("a" * before + value + "bc")


BINARY = {
    "base64": base64.b64encode(b"name: " + NAME.encode()),
    "base64, shifted by one": base64.b64encode(b"xname: " + NAME.encode()),
    "base64, shifted by two": base64.b64encode(b"xxname: " + NAME.encode()),
    "url-safe base64": base64.urlsafe_b64encode(b"??>> " + NAME.encode()),
    "gzip": gzip.compress(NAME.encode()),
    "utf-16": NAME.encode("utf-16"),
    "png text": b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x20tEXtComment\0" + NAME.encode() + b"\0\0\0\0",
}


@pytest.mark.parametrize("form", BINARY.values(), ids=BINARY)
def test_every_encoding_of_a_value_is_found(form: bytes) -> None:
    """Compressed, encoded, or in the metadata of an image."""
    assert "private.name" in leaks(form)


@pytest.mark.parametrize("before", ["", "x", "xx", "Nimi: "])
def test_a_value_at_the_very_end_of_base64_is_found(before: str) -> None:
    """With any number of letters left over at the end, with and without padding."""
    name = [Secret("experts/a.yml", ("private", "name"), NAME)]
    form = base64.b64encode((before + NAME).encode())
    assert audit.leaks([("a.html", form)], name)
    assert audit.leaks([("a.html", form.rstrip(b"="))], name)


@pytest.mark.parametrize(("times", "found"), [(1, True), (3, True), (4, False)])
def test_a_value_that_was_escaped_again_and_again_is_found(times: int, found: bool) -> None:
    """Escapes are undone three times and no more, so that no output can keep the audit busy for ever."""
    text = NAME
    for _ in range(times):
        text = "".join(f"%{byte:02x}" for byte in text.encode()) if text == NAME else text.replace("%", "%25")
    assert ("private.name" in leaks(text.encode())) is found


def test_names_of_files_are_looked_at_too() -> None:
    """A page named after a person is a leak, whatever its content."""
    assert "private.name" in leaks("", name="kortit/toivo-randerstrom/index.html")
    assert "" in leaks("", name="q7x/index.html")
    ward = [Secret("experts/a.yml", ("private", "notes"), "R&amp;D 7")]
    assert audit.leaks([("R%26amp;D%207/index.html", b"")], ward)


@pytest.mark.parametrize(
    "number",
    [
        *("040 555 0199", "0405550199", "+358 40 555 0199", "00358405550199", "(040) 555-0199", "tel:+358405550199"),
        *(
            "+358:40:555:0199",
            "+358_40_555_0199",
            "+358 40 * 555 * 0199",
            "+358, 40, 555, 0199",
            "+3-5-8-4-0-55501-9-9",
        ),
        *("+358 40\n   555 : 0199", "+358&shy;40&shy;555&shy;0199", "+35840\u00ad555\u200b0199", "+358 40 → 5550199"),
        *(
            "+35840<b>555</b><i>0199</i>",
            "+358\u201140\u2011555\u20110199",
            "+358—40—555―0199",
            "+３５８ ４０ ５５５ ０１９９",
        ),
    ],
)
def test_a_phone_number_is_found_however_it_is_written(number: str) -> None:
    """It is found by its digits, with anything but letters between them."""
    assert "private.phone" in leaks(f"Soita {number}!")


def test_digits_with_words_between_are_separate_numbers() -> None:
    """The control: the same digits, but not in one number."""
    assert leaks("Klo +358:40 saapui 555 ja 0199.") == []


def test_a_part_of_a_longer_text_is_found() -> None:
    """Six words in a row are enough."""
    assert "private.limits" in leaks("… about the hospital or the years before …")


def test_the_code_is_a_secret_as_a_word_but_not_inside_others() -> None:
    """``q7x`` in an address is a leak; in the middle of a checksum it is chance."""
    assert leaks('<a href="/q7x/">') == [""]
    assert leaks("sha256-aaq7xbb") == []


def test_a_name_that_is_also_a_topic_is_no_leak_alone_but_with_the_surname() -> None:
    """Toivo is hope; Toivo Ränderström is a person."""
    assert leaks("<h1>Toivo</h1>", public="toivo") == []
    assert leaks("<h1>Toivo Ränderström</h1>", public="toivo") == ["private.name"]
    assert leaks("<h1>Toivo</h1>", public="") == ["private.name"]


def leaks_of_page(page: str, profile: str = PROFILE) -> list[str]:
    """The routes of the secrets found in a site whose only page is written by hand."""
    secrets = audit.secrets([document(profile)])
    return sorted(
        {
            ".".join(map(str, leak.secret.route))
            for leak in audit.leaks([("a.html", page.encode())], audit.unexplained(secrets, [], [page]))
        }
    )


def test_a_public_text_explains_what_a_browser_shows_of_it() -> None:
    """Also where it is written with the names of letters."""
    secret = Secret("experts/a.yml", ("private", "name"), "Päivi")
    assert list(audit.unexplained([secret], ["Kaunis p&auml;ivi"])) == []
    assert list(audit.unexplained([secret], ["Kaunis p&ouml;ivi"])) == [secret]


def test_a_hand_written_page_explains_common_words_but_no_whole_value() -> None:
    """«toivo» in running text or another person's first name is no leak; the expert's name, number or address is."""
    assert leaks_of_page("Puhumme siitä, mistä toivo syntyy.") == []
    assert leaks_of_page("Koordinaattorimme on Toivo Lahtinen.") == []
    assert leaks_of_page("Kiitos, Toivo Ränderström!") == ["private.name"]
    assert leaks_of_page("Kirjoita toivo.r@example.org.") == ["private.email"]
    assert leaks_of_page("Soita 0405550199.") == ["private.phone"]
    one_name = "private: {name: Toivo}"
    assert leaks_of_page("Puhumme siitä, mistä toivo syntyy.", one_name) == []
    assert leaks_of_page("Kiitos, Toivo!", one_name) == ["private.name"]
    assert leaks_of_page("canaryword", "private: {notes: canaryword}") == ["private.notes"]


def test_a_card_is_secret_until_it_is_published() -> None:
    """The words of a withdrawn card may be nowhere; those of a published one may."""
    card = Card("Revontuli", (), (), (("fi", "Kerron, miten kirjoittaminen kantoi."),))
    page = "<h2>Revontuli</h2><p>Kerron, miten kirjoittaminen kantoi.</p>"
    assert leaks(page) == ["card.name", "card.text.fi"]
    assert leaks(page, published=(card,)) == []


def test_what_a_withdrawn_card_shares_with_a_published_one_is_no_leak() -> None:
    """Otherwise a common sentence would stop the build that carries out a withdrawal."""
    words = "Kerron, miten kirjoittaminen kantoi. Sopii kaikille, jotka tahtovat kuulla siitä lisää."
    other = Card("Kanerva", (), (), (("fi", "Puhun työstä. Sopii kaikille, jotka tahtovat kuulla siitä lisää."),))
    withdrawn = document(f'card: {{name: Revontuli, text: {{fi: "{words}"}}}}')
    secrets = audit.secrets([withdrawn], [other])
    page = [("a.html", b"<p>" + dict(other.texts)["fi"].encode())]
    assert audit.leaks(page, secrets) == ()
    assert audit.leaks([("a.html", words.encode())], secrets)
    assert audit.leaks([("a.html", b"Revontuli")], secrets)


def test_a_leak_report_names_the_file_and_the_route_and_never_the_value() -> None:
    """CI logs are read by others."""
    found = audit.leaks([("a.html", NAME.encode())], [Secret("experts/q7x.yml", ("private", "name"), NAME)])
    (problem,) = audit.as_problems(found)
    assert problem.path == "a.html"
    assert "private.name of experts/q7x.yml" in problem.message
    assert "Toivo" not in problem.message + problem.help


def test_clean_output_is_clean() -> None:
    """The control: nothing is found in a page without secrets."""
    assert leaks("<html><body><h1>Masennus</h1><p>Kysy meiltä: 112 tai 09 2525 0111.</p></body></html>") == []


@pytest.mark.slow
def test_a_photo_does_not_cry_wolf_at_short_codes_by_chance() -> None:
    """Any three letters occur somewhere in every photo; in a text they are a leak."""
    codes = [Secret(f"experts/e{number}.yml", (), f"e{number}") for number in range(1, 10)]
    photo = random.Random(7).randbytes(200_000)
    assert audit.leaks([("kuva.jpg", photo)], codes) == ()
    assert audit.leaks([("a.txt", base64.b64encode(b"1 e1 e2 e3 4"))], codes) == ()
    assert len(audit.leaks([("a.txt", b"e1 e2")], codes)) == 2


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_other_encodings_of_letters_beyond_ascii_are_read(codec: str) -> None:
    """A name with umlauts, as typed and with HTML escapes and tags."""
    whole = [Secret("experts/a.yml", ("private", "name"), "Päivi Mäkinen")]
    for text in ("Kiitos, Päivi Mäkinen!", "P&auml;ivi M<b>&auml;</b>kinen"):
        assert audit.leaks([("a.txt", f"{text} ä".encode(codec))], whole)


def test_a_broken_archive_is_no_reason_to_stop_looking() -> None:
    """Its raw bytes are searched."""
    assert "private.name" in leaks(b"\x1f\x8b" + NAME.encode())


WHOLE = {kind: form for kind, form in FORMS.items() if kind != "the last name alone"}


@pytest.mark.parametrize("form", WHOLE.values(), ids=WHOLE)
def test_every_form_of_the_whole_name_is_found(form: str) -> None:
    """The whole name, not only one of its words."""
    whole = [Secret("experts/a.yml", ("private", "name"), NAME)]
    assert audit.leaks([("a.html", f"<p>alussa {form} lopussa</p>".encode())], whole)


def test_a_public_text_is_folded_once_however_often_is_published() -> None:
    """The shipped texts are long, and the desk asks after every change. Other secrets are found in it all the same."""
    asked: list[str] = []

    class Counted(str):
        def isascii(self) -> bool:
            asked.append(self)
            return super().isascii()

    text = Counted("Runebergs torte with almonds and Raspberryjam")
    for word in ("Raspberryjam", "Runebergs"):
        secrets = [Secret("experts/a.yml", ("private",), one) for one in (word, "Somebodyelse")]
        assert [secret.text for secret in audit.unexplained(secrets, [text])] == ["Somebodyelse"]
    assert len(asked) == 1
