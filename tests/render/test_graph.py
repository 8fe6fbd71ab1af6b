"""The graph of a story: every voice is in it, no page breaks out of it, and order makes no difference."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sayso.records import Story
from sayso.render import render_graph
from sayso.render.graph import same_site_or_web, shortened, wrapped
from sayso.render.graph_words import shown_name
from sayso.render.wording import one_line
from tests.render.tellings import page, report, shuffled, stories, told

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {f"{SVG}{name}" for name in ("svg", "title", "desc", "g", "path", "text", "a")}
NAMED = {"class", "role", "aria-labelledby", "id"}
DRAWN = {"viewBox", "width", "height", "x", "y", "d", "fill", "stroke", "stroke-dasharray", "font-family", "font-size"}


def drawn(story: Story, *args: object) -> etree._Element:
    return etree.fromstring(render_graph(story, {}, *args))


def titles(tree: etree._Element) -> list[str]:
    """What a pointer shows, box by box."""
    return [one.findtext(f"{SVG}title") or "" for one in tree.iter(f"{SVG}g")]


def boxes(tree: etree._Element, name: str) -> list[etree._Element]:
    return [one for one in tree.iter(f"{SVG}g") if name in (one.get("class") or "").split()]


def lines(box: etree._Element) -> list[str]:
    return [one.text or "" for one in box.iter(f"{SVG}text")]


@given(stories)
@settings(max_examples=150)
def test_every_voice_of_every_chain_is_in_the_picture(story: Story) -> None:
    shown = " ".join(titles(drawn(story)))

    assert all(one_line(voice) in shown for one in story.reports for voice in one.chain)
    assert all(one_line(origin.voice) in shown for origin in story.origins)


@given(stories)
def test_it_is_xml_of_shapes_and_letters_alone(story: Story) -> None:
    tree = drawn(story)

    assert {one.tag for one in tree.iter()} <= TAGS
    assert {name for one in tree.iter() for name in one.keys()} <= NAMED | DRAWN  # noqa: SIM118
    assert all(len(one.text or "") < 80 for one in tree.iter(f"{SVG}text"))


@given(stories, st.data())
def test_the_order_of_reports_makes_no_difference(story: Story, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(story.reports))))

    assert render_graph(shuffled(story, list(order)), {}) == render_graph(story, {})


@given(stories)
def test_it_is_named_and_told_in_words(story: Story) -> None:
    tree = drawn(story)
    named = [tree.xpath(f"string(//*[@id='{ident}'])") for ident in (tree.get("aria-labelledby") or "").split()]

    assert tree.get("role") == "img"
    assert len(named) == 2
    assert story.title in named[0]
    assert f"{story.independent_origins} independent origin" in named[1]


def test_the_words_tell_who_had_it_from_whom() -> None:
    story = told((
        report("a", "Ministry", "Wire"), report("b", "Ministry", "Wire", "Gazette", copied_from="a"),
        report("c", "Aid group", "Herald"), report("c", "Herald"),
    ), held=3)  # fmt: skip
    desc = drawn(story).findtext(f"{SVG}desc") or ""

    assert "Ministry: on Wire; through Wire on Gazette; 2 pages rest on it alone." in desc
    assert "Aid group: on Herald" in desc
    assert "Told again without an origin of its own: Herald." in desc
    assert "Copied from Wire: Gazette." in desc


def test_a_party_and_an_origin_on_which_pages_rest_alone_say_so_in_words() -> None:
    story = told((report("a", "Army", "Wire"), report("b", "Army", "Gazette"), report("b", "Nurse", "Gazette")))
    tree = drawn(story)
    army = next(box for box in boxes(tree, "origin") if "Army" in lines(box))
    nurse = next(box for box in boxes(tree, "origin") if "Nurse" in lines(box))

    assert lines(army)[-2:] == ["a party to it", "1 page rests on it alone"]
    assert {"takes-part", "alone"} <= set((army.get("class") or "").split())
    assert "alone" not in (nurse.get("class") or "").split()


def test_a_voice_that_speaks_and_passes_on_is_one_box() -> None:
    tree = drawn(told((report("a", "Braun", "Wire", "Gazette"), report("b", "Wire", "Herald"))))

    assert len([box for box in tree.iter(f"{SVG}g") if "Wire" in lines(box)]) == 1


def test_pages_that_carry_the_same_are_one_box_and_sixty_reports_stay_few() -> None:
    many = [report(f"copy-{n}", "Ministry", "Wire", f"Outlet {n}", copied_from="a") for n in range(59)]
    tree = drawn(told((report("a", "Ministry", "Wire"), *many)))

    assert [lines(box)[0] for box in boxes(tree, "page")] == ["Wire", "59 pages carry this"]
    assert float(tree.get("height") or 0) < 300
    assert len([one for one in tree.iter(f"{SVG}path") if one.get("class") == "copy"]) == 1


def test_a_page_tells_its_own_chains_where_those_of_others_meet_them() -> None:
    tree = drawn(told((report("a", "Army", "Wire", "Gazette"), report("b", "Nurse", "Wire", "Herald"))))

    assert [title for title in titles(tree) if " → " in title] == [
        "Gazette; from Army → Wire",
        "Herald; from Nurse → Wire",
    ]


def test_unnamed_voices_under_one_roof_are_one_box() -> None:
    reports = report("a", "unnamed aide", "Wire"), report("b", "unnamed man", "Herald")
    story = told(reports, roofs={"unnamed aide": "S", "unnamed man": "S"})
    tree = drawn(story)

    assert len({origin.roof for origin in story.origins}) == 1
    assert [lines(box)[:2] for box in boxes(tree, "origin")] == [["2 unnamed voices", "under S"]]


def test_a_page_of_which_only_the_copy_is_known_is_shown_as_such() -> None:
    tree = drawn(told((report("a", "Ministry", "Wire", copied_from="gone"),)))

    assert [lines(box) for box in boxes(tree, "outside")] == [["gone", "not in this story"]]


def test_links_lead_to_the_web_or_the_same_site_and_nowhere_else() -> None:
    story = told((report("a", "Ministry", "Wire", "Gazette"), report("b", "Nurse", "Herald")))
    asked: list[tuple[str, str]] = []

    def href(kind: str, ident: str) -> str | None:
        asked.append((kind, ident))
        return {"Ministry": "/voices/1", "Nurse": "javascript:alert(1)", "a": "https://a.example/"}.get(ident)

    tree = drawn(story, href)

    assert sorted(one.get("href") or "" for one in tree.iter(f"{SVG}a")) == ["/voices/1", "https://a.example/"]
    assert {("voice", "Ministry"), ("voice", "Wire"), ("article", "a"), ("article", "b")} <= set(asked)
    assert tree.get("role") == "group"
    for address in ("//evil.example", "/\\evil.example", "data:text/html,x", "", None, "/a\nb", "javascript:1"):
        assert same_site_or_web(address) is None


@given(st.text(max_size=300), st.floats(40, 300))
def test_a_name_is_cut_at_its_end_alone(text: str, room: float) -> None:
    text = shown_name(text)
    short, two = shortened(text, room, 13.0), wrapped(text, room, 13.0)

    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
    assert len(two) <= 2
    assert "".join(two).replace(" ", "").rstrip("…") in text.replace(" ", "")


def test_two_pages_of_one_outlet_and_day_are_told_apart_by_their_titles() -> None:
    story = told((report("a", "Ministry", "Wire"), report("b", "Nurse", "Wire"), report("c", "Nurse", "Post")))
    tree = etree.fromstring(render_graph(story, {ident: page(ident) for ident in "abc"}))

    assert sorted(lines(box) for box in boxes(tree, "page")) == [
        ["Post", "17 March 2024"], ["Wire", "17 March 2024", "Title of a"], ["Wire", "17 March 2024", "Title of b"],
    ]  # fmt: skip
