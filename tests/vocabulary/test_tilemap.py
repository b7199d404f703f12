"""The schematic maps: every place that a site shows has one tile, and neighbours keep their order."""

import json
import re
from pathlib import Path

import pytest

from kokemus import vocabulary
from kokemus.documents.document import Data
from kokemus.vocabulary import EVERYWHERE, Vocabulary
from kokemus.vocabulary.tilemap import MAX_COLUMNS, Tile, grid, tiles


def municipalities(terms: Vocabulary, area: str) -> set[str]:
    """The municipalities of an area that the site shows."""
    kind = {place: terms.places[place].facts["kind"] for place in terms.within(area) if place in terms.served}
    return {place for place in kind if kind[place] == "municipality"}


def test_every_region_stands_in_the_map_of_the_country(whole_country: Vocabulary) -> None:
    """All nineteen, once each, in a width that a phone can show."""
    drawn = whole_country.tiles(EVERYWHERE)
    assert sorted(tile.place for tile in drawn) == sorted(whole_country.children(EVERYWHERE))
    assert len({(tile.column, tile.row) for tile in drawn}) == len(drawn) == 19
    assert max(tile.column for tile in drawn) <= MAX_COLUMNS


def test_every_municipality_stands_in_the_map_of_its_region(whole_country: Vocabulary) -> None:
    """All 308, once each: every place that the project ships is in a map, not only in the list."""
    count = 0
    for region in whole_country.children(EVERYWHERE):
        drawn = [tile.place for tile in whole_country.tiles(region)]
        assert sorted(drawn) == sorted(municipalities(whole_country, region)), region
        count += len(drawn)
    assert count == 308


def test_a_map_shows_the_served_part_alone_and_begins_at_its_corner(whole_country: Vocabulary) -> None:
    """An association of one sub-region sees its own municipalities without empty space around them."""
    drawn = whole_country.serving(["kemi-tornio"]).tiles("lappi")
    assert {tile.place for tile in drawn} == {"kemi", "keminmaa", "simo", "tervola", "tornio"}
    assert min(tile.column for tile in drawn) == min(tile.row for tile in drawn) == 1


def test_north_is_above_and_west_is_to_the_left(lapland: Vocabulary) -> None:
    """In the map of Lapland, which visitors know."""
    at = {tile.place: tile for tile in lapland.tiles("lappi")}
    for north, south in (("utsjoki", "inari"), ("inari", "sodankyla"), ("sodankyla", "kemijarvi"), ("pello", "kemi")):
        assert at[north].row < at[south].row
    for west, east in (("muonio", "kittila"), ("pello", "rovaniemi"), ("ranua", "posio"), ("kolari", "salla")):
        assert at[west].column < at[east].column


def test_reading_order_is_from_north_to_south_and_west_to_east(lapland: Vocabulary) -> None:
    """So the keyboard follows the same order as the eye."""
    places = [(tile.row, tile.column) for tile in lapland.tiles("lappi")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        ([["kemi", "."], [".", "tornio"]], []),
        ([["kemi", "oulu"]], ["unknown-tile"]),
        ([["kemi", "kemi"]], ["unknown-tile"]),
        ([["kemi"] + ["."] * MAX_COLUMNS], ["tile-map-size"]),
        ([], ["tile-map-size"]),
        ("kemi", ["tile-map-size"]),
    ],
)
def test_a_map_that_cannot_be_shown_is_a_problem(data: Data, codes: list[str]) -> None:
    """A place elsewhere, a place twice, too many columns, no rows."""
    _, problems = grid("terms/tiles.yml", "lappi", data, {"kemi", "tornio"})
    assert [found.code for found in problems] == codes


def test_an_association_draws_its_own_map_and_its_own_places_fall_to_the_list(tmp_path: Path) -> None:
    """Its map replaces the project's; a place that it leaves out has no tile and is served all the same."""
    (tmp_path / "places.yml").write_text("karesuvanto: {fi: K, sv: K, en: K, kind: municipality, parent: lappi}")
    (tmp_path / "tiles.yml").write_text("lappi:\n  - [enontekio, inari]\n")
    terms, problems = vocabulary.load(tmp_path)
    assert problems == ()
    assert terms.tiles("lappi") == (Tile(place="enontekio", column=1, row=1), Tile(place="inari", column=2, row=1))
    assert "karesuvanto" in terms.served
    (tmp_path / "tiles.yml").write_text("lappi:\n  - [enontekio, oulu]\n")
    assert [found.code for found in vocabulary.load(tmp_path)[1]] == ["unknown-tile"]


def test_a_full_stop_is_no_tile() -> None:
    """A place that the site does not show is none either."""
    assert tiles(((".", "a"), ("b", "c")), {"a", "b"}) == (
        Tile(place="a", column=2, row=1),
        Tile(place="b", column=1, row=2),
    )


@pytest.mark.build
@pytest.mark.parametrize(
    "folder", ["missa-ja-milla-kielilla", "sv/var-och-pa-vilka-sprak", "en/where-and-in-which-languages"]
)
def test_every_served_municipality_has_one_tile_that_says_its_name_alone(folder: str, demo_site: Path) -> None:
    """The same for all: the tile says that the association serves it, never what could be requested there."""
    page = (demo_site / folder / "index.html").read_text("utf-8")
    tiles = re.findall(r'<li class="place col-\d+ row-\d+" id="([a-z-]+)">([^<]+)</li>', page)
    served = json.loads((demo_site / "catalogue.json").read_text("utf-8"))["arranges"]["places"]
    assert len(tiles) == len(dict(tiles)) == page.count('class="place ') == 21
    assert dict(tiles).keys() < served.keys()
    assert not re.search(r"\d", "".join(text for _, text in tiles))
