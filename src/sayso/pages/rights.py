"""What the page says of the rights in its text, and whom to ask for removal: both in its own words."""

from __future__ import annotations

import re

from sayso.pages.clues import Clues, Maybe, from_mark, from_words, is_caption
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
#: What parts a copyright line from the links of its footer.
_BESIDE = re.compile(r"\s+[|•]\s+")
_MAX_QUOTE = 300
#: Lines at the end of a page in which it speaks of itself.
_FOOT = 200


def read_licence(clues: Clues) -> Maybe:
    """Open licences first, then copyright lines, as the page words them; several are joined with "; ".

    The copyright of another hand ("© RT, 2016" below a copied text) stands beside the host's own: both hold.
    """
    lines = [block for block in clues.all_blocks[-_FOOT:] if not is_caption(block)]
    said = [_sentence_with(_OPEN_LICENCE, block) for block in lines]
    said += [_copyright_words(block) for block in lines]
    quotes = list(dict.fromkeys(quote for quote in said if quote))[:3]
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


def _copyright_words(block: Block) -> str | None:
    """The copyright line without what a footer sets beside it, or its part of a longer line: from the sign on."""
    if not _COPYRIGHT.search(block.text):
        return None
    part = next((part for part in _BESIDE.split(block.text) if _COPYRIGHT.search(part)), block.text)
    found = _COPYRIGHT.search(part)
    if len(part) <= 200 or not found:
        return part.strip()[:_MAX_QUOTE]
    return part[found.start() : found.start() + 120].strip()
