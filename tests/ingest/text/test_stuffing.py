from ingest.document import Block, BlockKind
from ingest.text.stuffing import warn_of_stuffing

PROSE = (
    "Enheten beställer sand före oktober och lägger den vid trappan. När det har snöat röjer den "
    "som har jour gångarna före klockan sju, och antecknar i pärmen när det blev klart. Saknas "
    "redskap frågar man receptionen, som har reserver i förrådet. Skador på räcken och stolpar "
    "anmäls samma dag. Efter säsongen gås listan igenom på ett möte, och det som har slitits ut "
    "byts mot nytt. Den som slutar lämnar tillbaka nyckeln till chefen innan sista dagen."
)


def paragraph(text: str, page: int | None = None) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page=page)


def test_a_row_of_search_words_is_pointed_out_once_with_its_page() -> None:
    stuffed = "anmäla fel ring jouren nu " * 60
    (warning,) = warn_of_stuffing([paragraph(PROSE, 1), paragraph(stuffed, 2)])
    assert warning.startswith("Sida 2: samma ord upprepas")
    assert "anmäla fel ring jouren" in warning


def test_one_sentence_said_in_many_paragraphs_is_pointed_out_under_its_heading() -> None:
    blocks = [
        Block(BlockKind.HEADING, "Jour"),
        *[paragraph("Ring alltid jouren om du ser fel.")] * 20,
    ]
    (warning,) = warn_of_stuffing(blocks)
    assert warning.startswith("Under ”Jour”")


def test_prose_and_a_table_that_repeats_its_cells_are_left_alone() -> None:
    table = Block(BlockKind.TABLE, "| ja | nej | ja |\n" * 60)
    assert warn_of_stuffing([paragraph(PROSE), table, paragraph(PROSE[::-1])]) == ()


def test_a_text_that_names_its_subject_often_is_left_alone() -> None:
    often = PROSE.replace("sand", "lån av kärror").replace("listan", "lån av kärror")
    assert warn_of_stuffing([paragraph(often)]) == ()
