"""Mark-up to visible lines, whatever the mark-up is like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.pages.html import MAX_HINTS, MAX_LINES, MAX_LINKS, read_html
from sayso.records import Block

DEPTH = 100


def blocks(markup: str, depth: int = DEPTH) -> list[Block]:
    return [line.block for line in read_html(markup, depth)[1]]


def texts(markup: str, depth: int = DEPTH) -> list[str]:
    return [block.text for block in blocks(markup, depth)]


def test_a_line_knows_where_it_stands() -> None:
    markup = """<html><body class=Page><div id="Main" class="story body"><p itemprop=articleBody class="First">
        The <b>army</b>\u00a0said <a href="/a">it left</a>.</p></div></body></html>"""
    (block,) = blocks(markup)
    assert block == Block(
        text="The army said it left.",
        tag="p",
        path=("html", "body", "div"),
        hints=("first", "articlebody", "story", "body", "main", "page"),
        links=(("it left", "/a"),),
    )


def test_text_around_inner_blocks_makes_lines_of_its_own() -> None:
    got = [(block.tag, block.text) for block in blocks("<div>before<p>one<br>two</p>after <i>it</i></div>")]
    assert got == [("div", "before"), ("p", "one"), ("p", "two"), ("div", "after it")]


def test_preformatted_text_has_paragraphs_between_blank_lines() -> None:
    assert texts("<pre>one\ntwo\n \n<b>three</b>\nfour\n\n</pre>") == ["one two", "three four"]


def test_a_link_around_blocks_belongs_to_each_line() -> None:
    got = [block.links for block in blocks('<a href="/x"><h2>Title</h2><p>Teaser</p></a><p>None</p>')]
    assert got == [(("Title", "/x"),), (("Teaser", "/x"),), ()]


def test_furniture_is_seen_too() -> None:
    markup = "<header>Site</header><nav><li>Home</nav><aside>Other</aside><p>Said.</p><footer>(c) Site</footer>"
    assert texts(markup) == ["Site", "Home", "Other", "Said.", "(c) Site"]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>var a = '<p>no</p>'</script>",
        "<style>p{}</style>",
        "<noscript>no</noscript>",
        "<template>no</template>",
        "<p hidden>no</p>",
        '<div style="color:red; DISPLAY : none"><p>no</p></div>',
        "<title>no</title>",
        "<!-- no -->",
        "<svg><text>no</text></svg>",
        "<select><option>no</select>",
        "<iframe>no</iframe>",
        "<textarea>no</textarea>",
    ],
)
def test_what_no_browser_draws_is_left_out(unseen: str) -> None:
    assert texts(f"<body><p>one</p>{unseen}<p>two</p></body>") == ["one", "two"]


def test_a_page_that_hides_itself_until_its_scripts_run_is_seen() -> None:
    assert texts("<html hidden><body style='visibility:hidden'><p>one</p></body></html>") == ["one"]


def test_text_behind_a_hidden_element_stays() -> None:
    assert texts("<p>one<span hidden>no</span> two</p>") == ["one two"]


def test_buttons_do_not_run_into_words() -> None:
    assert texts("<p><button>Share</button><button>Print</button>now</p>") == ["Share Print now"]


def test_unseen_characters_and_white_space_go() -> None:
    assert texts("<p> a&#8203;b \n\t c&shy;d&nbsp;e&#x1b;</p>") == ["ab cd e"]


def test_broken_mark_up_loses_no_words() -> None:
    assert texts("<p>one<b>two<p>three</i></div><table><tr><td>four<td>five") == ["onetwo", "three", "four", "five"]


@pytest.mark.parametrize(
    ("tag", "hidden"),
    [("div", ""), ("div", " hidden"), ("span", ""), ("ul><li", ""), ("table><tr><td", ""), ("font", "")],
)
def test_depth_is_bounded_and_loses_no_words(tag: str, hidden: str) -> None:
    markup = f"<html><body><div{hidden}>" + f"<{tag}>" * 20_000 + "in" + "</div>" * 20_001 + "<p>out</p>"
    tree, lines, problems = read_html(markup, DEPTH)
    assert max(len(line.block.path) for line in lines) <= DEPTH
    assert " ".join(line.block.text for line in lines).endswith("out")
    assert [problem.what for problem in problems] == ["mark-up nested deeper than 100 elements was flattened"]
    assert tree is not None


def test_deep_but_allowed_stays_as_it_is() -> None:
    _, lines, problems = read_html("<div>" * 50 + "<p>in</p>", DEPTH)
    assert (len(lines[0].block.path), problems) == (52, ())


def test_numbers_of_lines_links_hints_and_attributes_are_bounded() -> None:
    assert len(blocks("<p>x</p>" * (MAX_LINES + 5))) == MAX_LINES
    assert len(blocks("<p>" + "<a href=x>y</a>" * (MAX_LINKS + 5))[0].links) == MAX_LINKS
    assert len(blocks(f'<p class="{" ".join(map(str, range(100)))}">x')[0].hints) == MAX_HINTS
    assert texts("<p " + " ".join(f"a{number}=1" for number in range(60_000)) + ">x</p>") == ["x"]


def test_long_values_of_few_attributes_stay() -> None:
    (block,) = blocks(f'<p data-a="{"word " * 5000}" class=kept>x</p>')
    assert block.hints == ("kept",)


def test_boxes_tell_which_lines_stand_together() -> None:
    one, two, three = read_html("<div><p>1</p><p>2</p></div><p>3</p>", DEPTH)[1]
    shared = set(one.within) & set(two.within)
    assert shared > set(one.within) & set(three.within)
    assert len({one.within, two.within, three.within}) == 3


@given(st.text(st.sampled_from("<>/=\"' &;#!-abdivspn1\n\u00e9"), max_size=120))
def test_never_raises_and_lines_are_clean(markup: str) -> None:
    _, lines, _ = read_html(markup, DEPTH)
    for line in lines:
        assert line.block.text == " ".join(line.block.text.split()) != ""
        assert line.block.start is None
        assert all(said for said, _ in line.block.links)


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), max_size=20))
def test_every_paragraph_is_one_line(words: list[str]) -> None:
    assert texts("".join(f"<p>{word}</p>" for word in words)) == words
