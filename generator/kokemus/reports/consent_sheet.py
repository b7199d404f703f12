"""The consent sheet: what would be public about one expert at each level of consent.

About other experts it uses only the result of the last look, so it cannot reveal what anyone else has signed.
"""

from dataclasses import dataclass, replace
from datetime import date

from kokemus.anonymity import Card
from kokemus.documents.document import Document
from kokemus.documents.problems import Problem
from kokemus.experts import consent, profile, unsigned
from kokemus.experts.keys import CONSENT_TEXTS
from kokemus.experts.profile import Consent, Profile
from kokemus.publication import crowd
from kokemus.publication.inputs import Inputs
from kokemus.reports import renewal

TEXT = CONSENT_TEXTS[-1]
"""The current version of the consent text, ``sheet.*`` in ``coordinator/texts/papers.yml``.

A changed text needs a new version.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What an expert signs. All topics are sorted ids.

    ``listed`` are the expert's topics that the last look found; ``others`` are the rest, which a later look may list.
    ``solo`` are the topics that they agree to have listed even if nobody else offers them. ``card`` is the card as the
    site would show it. ``associations`` are the ones they belong to, if several share the catalogue.
    """

    code: str
    on: date
    until: date
    listed: tuple[str, ...]
    others: tuple[str, ...]
    solo: tuple[str, ...]
    card: Card | None
    associations: tuple[str, ...]


def sheet(inputs: Inputs, document: Document, on: date) -> tuple[Sheet | None, tuple[Problem, ...]]:
    """The sheet of a profile as if it were signed on the day, and problems; None if the profile has errors.

    Dates of signature may be missing: they are filled in after this sheet is signed.
    """
    found, problems = profile.read(unsigned.dated(document, on), inputs.vocabulary)
    if found is None:
        return None, problems
    signed = _signed(found, on)
    edition = crowd.on_the_day(inputs, on).edition
    listed = frozenset(edition.listed if edition else ())
    own = {offer.topic for offer in signed.offers}
    sheet = Sheet(
        code=signed.code,
        on=on,
        until=signed.consent.review,
        listed=tuple(sorted(own & listed)),
        others=tuple(sorted(own - listed)),
        solo=tuple(sorted(signed.solo)),
        card=next(iter(consent.in_force([signed], on).cards), None),
        associations=signed.associations,
    )
    return sheet, problems


def _signed(found: Profile, on: date) -> Profile:
    """The profile as if the expert signed all of it on the day, without its break."""
    former = found.consent
    card = found.card and replace(found.card, consent=min(found.card.consent, on))
    signed = Consent(given=on, review=renewal.until(former.given, former.review, on))
    return replace(found, consent=signed, pause=None, admitted=min(found.admitted, on), card=card)
