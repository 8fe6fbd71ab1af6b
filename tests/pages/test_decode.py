"""Bytes to characters: what is declared, what is true, and what is said of the difference."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.pages.decode import decode, decode_article, visible
from sayso.records import Page

LIMIT = 1_000_000
RUSSIAN = "<p>Войска вошли в город на рассвете, сообщил представитель министерства обороны.</p>" * 5
JAPANESE = "<p>これは日本語の文章です。軍は月曜日に村を占領したと発表した。</p>" * 5


def page(content: bytes, charset: str | None = None, kind: str = "html") -> Page:
    return Page(id="p", content=content, kind=kind, charset=charset)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "codec", "charset"),
    [
        (RUSSIAN, "utf-8", None),
        (RUSSIAN, "utf-8", "utf-8"),
        (RUSSIAN, "windows-1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN, "utf-16-le", None),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc-jp", "EUC-JP"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        ("<p>plain</p>", "ascii", "iso-8859-1"),
        ("<p>caf\xe9 \u2013 \u201cquoted\u201d</p>", "cp1252", "iso-8859-1"),
    ],
)
def test_rightly_declared_or_plain_to_see(text: str, codec: str, charset: str | None) -> None:
    assert decode(page(text.encode(codec), charset), LIMIT) == (text, ())


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_outranks_the_transport(codec: str) -> None:
    text, _ = decode(page(RUSSIAN.encode(codec), "windows-1252"), LIMIT)
    assert text == RUSSIAN


def test_the_mark_up_declares_where_the_transport_does_not() -> None:
    markup = f'<meta charset="windows-1251">{RUSSIAN}'
    assert decode(page(markup.encode("cp1251")), LIMIT) == (markup, ())


def test_plain_text_is_not_searched_for_a_declaration() -> None:
    text = 'He wrote <meta charset="windows-1251"> – and no more.'
    assert decode(page(text.encode(), kind="text"), LIMIT) == (text, ())


def test_utf8_declared_as_something_else_is_told() -> None:
    text, problems = decode(page(RUSSIAN.encode(), "windows-1251"), LIMIT)
    assert text == RUSSIAN
    assert [problem.what for problem in problems] == ["declared as cp1251, but read as utf-8"]


def test_undeclared_bytes_are_detected() -> None:
    text, _ = decode(page(RUSSIAN.encode("cp1251")), LIMIT)
    assert text == RUSSIAN


@pytest.mark.parametrize(
    "text",
    [
        "President Pe\xf1a Nieto spoke on Monday.",
        "Fran\xe7ois M\xfcller told it that \xa330m was \u201clost\u201d.",
        "\u201cNo,\u201d he said \u2013 twice.",
    ],
)
def test_english_with_accents_that_is_no_utf8_is_windows_1252(text: str) -> None:
    content = f"<p>{text}</p>".encode("cp1252")
    assert decode(page(content), LIMIT) == (f"<p>{text}</p>", ())
    assert decode(page(content, "utf-8"), LIMIT)[1][0].what == "declared as utf-8, but read as cp1252"


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    content = RUSSIAN.encode() + b"\xff end"
    text, problems = decode(page(content, "utf-8"), LIMIT)
    assert text == f"{RUSSIAN}\ufffd end"
    assert [problem.what for problem in problems] == ["1 characters could not be read as utf-8"]


def test_bytes_that_are_no_text_are_not_read() -> None:
    text, problems = decode(page(bytes(range(256)) * 10), LIMIT)
    assert (text, [problem.what for problem in problems]) == ("", ["the bytes are no text"])


def test_what_stands_behind_the_limit_is_not_read() -> None:
    text, problems = decode(page(b"0123456789"), 4)
    assert text == "0123"
    assert "only the first 4 were read" in problems[0].what


def test_unseen_characters_go() -> None:
    assert decode(page(b"a\x00b\x1b\tc\n"), LIMIT)[0] == "ab\tc\n"
    assert visible("sol\xaddier\u200b \ufeffsaid\x85") == "soldier said\x85"


@given(st.binary(max_size=300), st.none() | st.text(max_size=12), st.sampled_from(["html", "text"]))
@example(b"\x00\x01\x00\x01\x00\x01\x00\x01\x00\x01\x00\x80\x00", None, "html")
def test_never_raises(content: bytes, charset: str | None, kind: str) -> None:
    text, problems = decode(page(content, charset, kind), 200)
    assert "\x00" not in text
    assert all(problem.reader == "pages" and problem.what for problem in problems)


@given(st.text(max_size=60))
def test_an_article_is_kept_code_point_for_code_point(text: str) -> None:
    assert decode_article(text.encode(), LIMIT) == (text, ())


def test_half_a_character_keeps_its_place_and_is_told() -> None:
    text, problems = decode_article("a\ud800b".encode("utf-8", "surrogatepass"), LIMIT)
    assert text == "a\ufffdb"
    assert problems[0].what == "not UTF-8: 1 characters could not be read"


@given(st.text(min_size=1, max_size=60), st.integers(1, 40))
def test_an_article_is_cut_between_characters(text: str, limit: int) -> None:
    read, problems = decode_article(text.encode("utf-8", "surrogatepass"), limit)
    assert text.startswith(read)
    assert bool(problems) == (len(text.encode("utf-8", "surrogatepass")) > limit)


def test_an_article_that_is_not_utf8_says_so() -> None:
    text, problems = decode_article(b"caf\xe9", LIMIT)
    assert text == "caf\ufffd"
    assert problems[0].what == "not UTF-8: 1 characters could not be read"


def test_a_mark_in_an_article_stays() -> None:
    assert decode_article(codecs.BOM_UTF8 + b"text", LIMIT)[0] == "\ufefftext"
