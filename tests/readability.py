"""How easy a French text is to read: Flesch's formula as Kandel and Moles fitted it to French, and the longest of its sentences.

L. Kandel and A. Moles, "Application de l'indice de Flesch à la langue française", Cahiers d'études de radio-télévision 19, 1958,
pp. 253-274: 207 - 1.015 x words per sentence - 73.6 x syllables per word. From 80 on a text counts as easy, from 90 on as very easy.

Syllables are counted from the letters, as a reader of news would say them. Vowels that stand together are one syllable, unless an accent
parts them (`thé-âtre`, `No-ël`); the `u` of `qu` and `gu` is silent, and so is an `e` at the end of a word, also before `s`. A number
counts one syllable for each digit. The ending `-ent` of verbs is not told from that of `moment`, and counts: never too easy by that.
"""

import re

_WORD = re.compile(r"[^\W_]+(?:['’-](?=[^\W_])[^\W_]+)*")
_SILENT_E = re.compile(r"(?<=\w\w)es?$|(?<=[^\W_])(?<=[aiouéy])es?$")
_SILENT_U = re.compile(r"(?<=[qg])u(?=[aeiouyéèêàâîô]|$)")
_GLIDE = re.compile(r"(?<=[aou])y(?=[aeiouéè])")  # `moyen` is said `moi-ien`
_VOWELS = re.compile(r"[éèê](?:u)?|[ëï][aeouy]*|[aeiouyàâîôûùüœæ]+")


def sentences_of(texts: list[str]) -> list[str]:
    """The sentences of headings and lines; a line without a full stop is one too."""
    parts = (part.strip() for text in texts for part in re.split(r"(?<=[.!?])\s+|\s+[·:]\s+|:\s+", text))
    return [part for part in parts if words_of(part)]


def words_of(text: str) -> list[str]:
    """The words of a text; what an apostrophe or a hyphen ties is one."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """How many syllables a French word has when it is said; at least one."""
    if word.isdigit():
        return len(word)
    return sum(max(1, _groups(part)) for part in word.lower().split("-"))


def _groups(part: str) -> int:
    said = _GLIDE.sub("i-", _SILENT_U.sub("", _SILENT_E.sub("", part)))
    return len(_VOWELS.findall(said))


def ease(texts: list[str]) -> float:
    """The index of Kandel and Moles; the higher, the easier."""
    sentences = sentences_of(texts)
    words = [word for sentence in sentences for word in words_of(sentence)]
    return 207 - 1.015 * len(words) / len(sentences) - 73.6 * sum(map(syllables, words)) / len(words)


def longest(texts: list[str]) -> int:
    """Words of the longest sentence."""
    return max(len(words_of(sentence)) for sentence in sentences_of(texts))
