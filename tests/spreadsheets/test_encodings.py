"""Uploaded text files in the encodings that programs write, named for the person."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.spreadsheets.reading.texts import sheets_of_text
from tests.spreadsheets.files import case, cells_of, notes_of, read, refusal

LISTS = {
    "windows-1252": [
        "für", "bestellung-ä", "Größe", "ÜBERGRÖSSE", "señor", "commande-é", "Ærø", "5 €", "“x” – y", "StatTrak™",
        "Straße", "numéro de commande;montant\nréf-1;5", "pedido;descripción;año\nniño", "São Paulo;ação", "perché",
        "Målning;Köp;Beställning", "Blå;Grønn;Æble;Ordre nr ø", "reçu le 5 février à côté", "n° 5", "¿qué?",
    ],
    "windows-1250": [
        "Zamówienie;Kwota\nżółć;5", "Łódź", "Wartość;Źródło;Świerk", "Nóż motylkowy;Zużyty", "kwota zł",
        "częściowo zużyty", "Objednávka;Částka\nPříliš žluťoučký kůň", "Číslo objednávky;Kč", "rendelés;összeg;fűtő",
        "Porudžba;Količina;čćžšđ",
    ],
    "windows-1254": [
        "Sipariş;Tutar", "sipariş no;açıklama;ödeme\nİstanbul", "şişe;ağaç", "Müşteri;Ürün;Bıçak",
        "Karşı Saldırı;Değer", "Sipariş No;Fiyatı",
    ],
    "windows-1251": [
        "заказ-1", "Заказ", "Сумма", "АК-47", "Итого", "клиент Иван", "ёж-1", "StatTrak™ Нож", "№ заказа",
        "замовлення;сума;їжак", "поръчка;сума", "ЗАКАЗ;СУММА", "заказ-1;7,50\nзаказ-2;8,50",
    ],
    "KOI8-R": ["заказ-1;заказ-2", "Заказ;Сумма;Предмет", "номер заказа;сумма", "клиент Иван", "покупка-1;Нож"],
    "DOS 866": ["заказ-1", "Заказ;Сумма;Предмет", "номер заказа;сумма", "Итого", "клиент Иван"],
    "Mac Roman": [
        "für", "Größe;Betrag", "numéro de commande;montant", "descripción;año", "Müller;Straße", "Beställning;Köp",
    ],
    "DOS 850": ["Größe;Betrag\nMüller", "numéro de commande;montant"],
    "ISO 8859-2": ["Zamówienie;źródło;świerk;wartość;ąę"],
    "windows-1253": ["Παραγγελία;Ποσό", "αριθμός παραγγελίας"],
    "windows-1257": ["užsakymas;suma\nįrašas;čia;ėjo"],
    "GB 18030 (Chinese)": ["订单号;金额\n订单一;龙狙;蝴蝶刀"],
    "Shift JIS (Japanese)": ["注文番号;金額\nテスト注文;ナイフ"],
}  # fmt: skip
CODECS = {
    "KOI8-R": "koi8_r", "Mac Roman": "mac_roman", "GB 18030 (Chinese)": "gb18030", "Shift JIS (Japanese)": "cp932",
}  # fmt: skip
WRITTEN = [(name, text) for name, texts in LISTS.items() for text in texts]


def text_of(data: bytes) -> str:
    """Return the cells of a file, each row in a line."""
    sheet = next(sheets_of_text(io.BytesIO(data)))
    return "\n".join(";".join(str(cell) for cell in cells) for _, cells in sheet.rows)


def codec_of(name: str) -> str:
    return CODECS.get(name) or name.replace("windows-", "cp").replace("DOS ", "cp").replace("ISO 8859-", "iso8859_")


@pytest.mark.parametrize("around", ["{}", "custom_id;amount\n{};7,50"])
@pytest.mark.parametrize(("name", "text"), WRITTEN)
def test_a_short_list_in_an_older_encoding_is_read_as_it_was(name: str, text: str, around: str) -> None:
    text = around.format(text)
    data = f"{text}\n".replace("\n", "\r" if name.startswith("Mac") else "\n").encode(codec_of(name))
    assert text_of(data) == text


@pytest.mark.parametrize(("name", "texts"), LISTS.items())
def test_the_encoding_of_a_longer_list_is_named_as_people_call_it(name: str, texts: list[str]) -> None:
    text = "".join(f"{n};{one.replace(';', ' ').replace(chr(10), ' ')}\n" for n in range(40) for one in texts[-1:])
    sheet = next(sheets_of_text(io.BytesIO(text.encode(codec_of(name)))))
    assert (sheet.encoding, len(sheet.notes)) == (name, 1)


def test_what_was_guessed_is_said() -> None:
    assert cells_of(case("cp1251.csv")) == [["custom_id", "amount"], ["заказ-1", "7,50"], ["заказ-2", "8,50"]]
    assert "they were read as windows-1251" in notes_of(case("cp1251.csv"))


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-8", b"", "UTF-8"), ("utf-8", b"\xef\xbb\xbf", "UTF-8"), ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"), ("utf-16-le", b"", "UTF-16"), ("utf-16-be", b"", "UTF-16"),
        ("utf-32-le", b"\xff\xfe\0\0", "UTF-32"), ("utf-32-be", b"\0\0\xfe\xff", "UTF-32"),
        ("utf-32-le", b"", "UTF-32"), ("utf-32-be", b"", "UTF-32"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", ["id;a\n1;2", "заказ;сумма;ü\nзаказ-1;7,50;★ 龙", "sep=;\nid;a"])
def test_unicode_is_known_with_and_without_a_mark(codec: str, mark: bytes, name: str, text: str) -> None:
    [(sheet, rows)] = read(mark + text.encode(codec))
    assert (sheet.encoding, sheet.notes) == (name, [])
    assert ";".join(rows[-1][1]) == text.rpartition("\n")[2]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("ü;★\nй;2\n".encode() + b"caf\xc3;5\nx;y\n", "Line 3 cannot be read: not all of its letters are UTF-8"),
        ("ü;★\nй;ß\n".encode() * 8 + b"\xff;5\n\xff;6\n", "Lines 17, 18 cannot be read"),
        ("für;groß\nschön;Größe\n".encode("cp1252") * 9 + b"x\n\x81\n", "Line 20 cannot be read"),
        (b"\xff\xfe" + "id;ü".encode("utf-16-le") + b"\0", "cut off or damaged: its encoding is UTF-16"),
        (b"\xff\xfe" + "id;\ud800x".encode("utf-16-le", "surrogatepass"), "cut off or damaged: its encoding is UTF-16"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_letters_are_named_by_line(data: bytes, words: str) -> None:
    assert words in refusal(data)


@settings(deadline=None, max_examples=200)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='",;|\ufeff'), min_size=1),
    st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]),
)
def test_any_text_with_a_mark_is_read_as_it_was(text: str, codec: str) -> None:
    assert text_of(f"id;x\n{text};y".encode(codec)) == f"id;x\n{text};y"
