from ingest.library.places import Place, Places

TEXT = "---\nid: a\n---\n\nFörst.\n\n<!-- sida 2 -->\n\nMitt.\n\n<!-- sida 3–4 -->\n\nMitt.\n"


def test_a_place_is_the_page_and_the_line() -> None:
    places = Places(TEXT)
    assert places.at(0) == Place(None, 1)
    assert places.at(TEXT.index("Mitt")) == Place(2, 9)
    assert places.at(TEXT.rindex("Mitt")) == Place(3, 13)
    assert str(places.at(TEXT.index("Mitt"))) == "s. 2, rad 9"
    assert str(places.at(TEXT.index("Först"))) == "rad 5"


def test_words_are_looked_up_on_their_page_first() -> None:
    places = Places(TEXT)
    assert places.of("Mitt.", page=3) == Place(3, 13)
    assert places.of("Mitt.", page=7) == Place(2, 9)
    assert places.of("id: a", start=10) is None
    assert places.of("Sist") is None
    assert places.of("") is None
