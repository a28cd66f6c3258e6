"""Invented names and identifiers. No list of real people was used; e-mails end in example.org, addresses are documentation addresses."""

from collections.abc import Callable

import numpy as np

_GIRLS = (
    "Adèle Aliénor Anouk Apolline Bérénice Capucine Célestine Clélia Cosima Domitille Édith Élisa Éloïse Fantine Flora Garance "
    "Héloïse Isaure Joséphine Léonie Lilas Lison Ludivine Maëlle Mahaut Ninon Octavie Ondine Perrine Philippine Rosalie Salomé "
    "Séverine Solène Suzanne Sybille Théa Violaine Ysaline Zélie"
).split()
_BOYS = (
    "Achille Alban Ambroise Anatole Aristide Augustin Aurèle Balthazar Barnabé Basile Célestin Côme Cyprien Donatien Éloi Ernest "
    "Fabien Félicien Gaspard Gatien Hippolyte Honoré Isidore Joachim Lazare Léandre Léonce Lubin Marceau Marin Maxence Melchior "
    "Octave Philibert Prosper Quentin Séraphin Timothée Ulysse Zacharie"
).split()
_HEADS = "Val Mar Tour Bel Cham Ver Roch Bru Clair Font Gran Haut Lan Mont Noir Pré Quer Rive Sau Tré".split()
_TAILS = "brenac chevent delorge fauvel guignard hautier jardel lissac meroux nouvreau pastour quéval rimbert sorgue tellier vauzac".split()
_SAFE = np.array(list("abcdefghjkmnpqrstuvwxyz23456789"))
_HEX = np.array(list("0123456789abcdef"))


def first_names(rng: np.random.Generator, is_girl: np.ndarray) -> list[str]:
    """One first name per person."""
    girls, boys = rng.choice(_GIRLS, len(is_girl)), rng.choice(_BOYS, len(is_girl))
    return [str(name) for name in np.where(is_girl, girls, boys)]


def last_names(rng: np.random.Generator, count: int) -> list[str]:
    """Surnames that nobody bears, made of two pieces."""
    return [f"{head}{tail}" for head, tail in zip(rng.choice(_HEADS, count), rng.choice(_TAILS, count), strict=True)]


def codes(rng: np.random.Generator, prefix: str, count: int) -> list[str]:
    """Different identifiers of ten letters and digits after `prefix`."""
    return _different(lambda n: [prefix + "".join(row) for row in rng.choice(_SAFE, (n, 10))], count)


def hexes(rng: np.random.Generator, count: int, length: int) -> list[str]:
    """Different hexadecimal identifiers."""
    return _different(lambda n: ["".join(row) for row in rng.choice(_HEX, (n, length))], count)


def uuids(rng: np.random.Generator, count: int) -> list[str]:
    """Random identifiers in the form of a version 4 UUID."""
    digits = rng.bytes(16 * count).hex()
    parts = (digits[i : i + 32] for i in range(0, 32 * count, 32))
    return [f"{p[:8]}-{p[8:12]}-4{p[13:16]}-a{p[17:20]}-{p[20:]}" for p in parts]


def serials(rng: np.random.Generator, count: int) -> list[str]:
    """Different serial numbers of twelve characters."""
    return [text.upper() for text in codes(rng, "vs", count)]


def _different(draw: Callable[[int], list[str]], count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found.update(dict.fromkeys(draw(count)))
    return list(found)[:count]
