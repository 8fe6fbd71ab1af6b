"""What the page says of the rights in its text, and whom to ask for removal: both in its own words."""

from __future__ import annotations

import re

from sayso.pages.clues import Clues, Maybe, from_mark, from_words
from sayso.records import Block

_OPEN_LICENCE = re.compile(r"\bcreative commons\b|\bCC[ -]BY\b|\bCC0\b|\bpublic domain\b", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"©|ⓒ|\(c\)\s*(?:copyright|\d{4})|\bcopyright\s*(?:©|\(c\)|@|\d{4})|\ball rights reserved\b|"
    r"저작권자|alle rechte vorbehalten|todos os direitos reservados|tous droits réservés|все права защищены",
    re.IGNORECASE,
)
_REMOVE = re.compile(
    r"\b(?:remov(?:e|ed|al)|take (?:it |this |that |them )?down|taken down|takedown|delet(?:e|ed|ion))\b", re.IGNORECASE
)
_ASK = re.compile(r"\be-?mail|\bcontact\b|\bwrite to\b|\bmessage\b|\blet (?:us|me) know\b|\bnotify\b|@", re.IGNORECASE)
_THEIRS = re.compile(
    r"\b(?:article|post|page|blog|site|content|copyright\w*|material|story|text|work|image|infring\w*|rights?)\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
#: What says on which terms a text may be used; it is quoted with the copyright line that it stands beside.
_TERMS = re.compile(
    r"\ball rights? reserved\b|\bmay not be\b|\bpermission\b|\blicen[cs]e|"
    r"alle rechte|todos os direitos|tous droits|все права|무단",
    re.IGNORECASE,
)
#: Any word but the sign's own.
_HOLDER = re.compile(r"\b(?!copyright\b)[^\W\d_]{2,}", re.IGNORECASE)
#: A picture's copyright says nothing of the text's.
_PICTURE = re.compile(r"\b(?:image|photo|picture|foto|video|graphic|illustration|map)\w*\W", re.IGNORECASE)
#: What parts a copyright line from the links of its footer, and how many words of theirs may stand before the sign:
#: "The Weekly Example © 2019", but not "Jobs Contact us Privacy policy Terms of use © 2019".
_BESIDE = re.compile(r"\s+[|•]\s+")
_MAX_BEFORE = 4
_FIGURE = frozenset(("figure", "figcaption"))
_MAX_QUOTE = 300
#: Lines at the end of a page in which it speaks of itself, and the last of the body that can be taken for it.
_FOOT = 200
_LAST_OF_BODY = 6


def read_licence(clues: Clues) -> Maybe:
    """Open licences first, then copyright lines, as the page words them; several are joined with "; ".

    The copyright of another hand ("© RT, 2016" below a copied text) stands beside the host's own: both hold.
    """
    for lines in _feet(clues):
        said = [_sentence_with(_OPEN_LICENCE, block) for block in lines]
        said += [_copyright_words(block) for block in lines]
        quotes = list({quote.rstrip("."): quote for quote in said if quote}.values())[:3]
        if quotes:
            return from_words("; ".join(quotes), "; ".join(quotes))
    for mark in (*clues.article_marks("license"), *clues.marks("license", "copyright", "dc.rights", "rights")):
        return from_mark(mark.value, mark)
    return None


def read_removal(clues: Clues) -> Maybe:
    """The address, or the sentence, that offers to take a text down on request."""
    for block in clues.all_blocks[-_FOOT:]:
        if len(block.text) > 2_000 or not _REMOVE.search(block.text):
            continue
        for sentence in sentences_of(block.text):
            if _REMOVE.search(sentence) and _ASK.search(sentence) and _THEIRS.search(sentence):
                address = _EMAIL.search(block.text)
                return from_words(address[0] if address else sentence, sentence)
    return None


def sentences_of(text: str) -> list[str]:
    """Sentences, cut at marks of end that white space follows."""
    return [found.strip() for found in re.split(r"(?<=[.!?])\s+", text) if found.strip()]


def _sentence_with(pattern: re.Pattern[str], block: Block) -> str | None:
    if len(block.text) > 2_000 or not pattern.search(block.text):
        return None
    sentence = next((one for one in sentences_of(block.text) if pattern.search(one)), block.text)
    return sentence.removesuffix(".")[:_MAX_QUOTE]


def _feet(clues: Clues) -> tuple[list[Block], list[Block]]:
    """The lines from the end of the body on, where a sign is seldom a picture's; then those that a menu may hold."""
    lines = [block for block in clues.all_blocks[-_FOOT:] if block.tag not in _FIGURE and "figure" not in block.path]
    inside = [at for at, block in enumerate(lines) if block.start is not None]
    return (lines[inside[-_LAST_OF_BODY:][0] :] if inside else lines), lines


def _copyright_words(block: Block) -> str | None:
    """The copyright line with the terms beside it, without the footer that runs into it."""
    if len(block.text) > 2_000 or not _COPYRIGHT.search(block.text):
        return None
    part = next((part for part in _BESIDE.split(block.text) if _COPYRIGHT.search(part)), block.text)
    sentences = sentences_of(part)
    at = next((at for at, one in enumerate(sentences) if _COPYRIGHT.search(one)), 0)
    # "Copyright 2019. The Example. All rights reserved": the holder stands in the sentence behind;
    # "2019 The Example, Inc. All rights reserved": the holder stands in the sentence before
    first = last = at - 1 if at and _TERMS.match(sentences[at]) else at
    if not _HOLDER.search(sentences[at]):
        last = min(at + 1, len(sentences) - 1)
    while first and _TERMS.search(sentences[first - 1]):
        first -= 1
    while last + 1 < len(sentences) and _TERMS.search(sentences[last + 1]):
        last += 1
    return _from_sign(" ".join(sentences[first : last + 1]))


def _from_sign(words: str) -> str | None:
    """The words from the sign on where more stands before it than a name or terms; None for a picture's."""
    found = _COPYRIGHT.search(words)
    before = words[: found.start()] if found else ""
    if _PICTURE.search(before):
        return None
    if found and len(before.split()) > _MAX_BEFORE and not _TERMS.search(before):
        words = words[found.start() :]
    return words[:_MAX_QUOTE] if any(map(str.isalpha, words)) else None
