"""In which language of the site a text is written, so that a text under the wrong language is noticed.

Words that only one of the languages has are counted, and the doubled vowels of Finnish. In doubt nothing is said.
"""

import re
from collections.abc import Iterator, Mapping

from kokemus.documents.problems import Problem, Route, problem
from kokemus.resources import LANGUAGES

_ONLY = {
    "fi": "ja ei että mutta kun tämä ovat myös joka jotka kuin jos voi niin oli ole sekä tai hän mitä miten minun"
    " olen oma omia kanssa mukana vain kerron yhdessä jossa joissa sen ne he siitä tässä hänen itse elämä elämän"
    " missä mikä myös ennen jälkeen ilman nyt aina sitä tätä meidän teidän heidän eikä vaan",
    "sv": "och att det jag är på inte med för av ett vi kan du när från eller hur som där var mig dig sig mitt"
    " ditt sitt den har till ska blir efter också bara mycket utan vid oss er våra deras denna detta finns något"
    " någon många genom varje hos gör",
    "en": "the and of to that for it with my are was were what about have this your you from they be not can will"
    " would who which their when where how our we an by at has its does there been more than into",
}
_LANGUAGE_OF = {word: language for language, words in _ONLY.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_]+")
_FINNISH = re.compile(r"aa|ii|uu|yy|ää|öö")
_LEAST = 3
_MORE = 4


def of(text: str) -> str | None:
    """The language of a text; None if there are too few signs of it, or signs of another one."""
    found = dict.fromkeys(LANGUAGES, 0)
    for word in _WORD.findall(text.lower()):
        if language := _LANGUAGE_OF.get(word) or ("fi" if _FINNISH.search(word) else None):
            found[language] += 1
    *others, most = sorted(found, key=found.__getitem__)
    return most if found[most] >= max(_LEAST, _MORE * max(found[one] for one in others)) else None


def problems(path: str, route: Route, texts: Mapping[str, str]) -> Iterator[Problem]:
    """The languages under which a text in another one stands. Two that are swapped are one problem."""
    wrong = {key: told for key, text in texts.items() if key in LANGUAGES and (told := of(text)) not in {None, key}}
    for number, (key, told) in enumerate(wrong.items()):
        if wrong.get(str(told)) != key:
            yield problem("other-language", path, (*route, key), key=key, told=told)
        elif told not in [*wrong][:number]:
            yield problem("other-language", path, (*route, key), key=key, near=told)
