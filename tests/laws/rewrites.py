"""The laws, one row each: a name and a rewriting that keeps the meaning of a document.

A rewriting takes a document and a generator of random numbers and yields (how, new document).
"""
from collections import namedtuple

import letters

Law = namedtuple("Law", "name rewrite seeded", defaults=[False])


def reseed(doc, rng):
    """Other random points."""
    for seed in (2, 3, 4):
        yield f"seed {seed}", doc


LAWS = [
    Law("one-letter", letters.one_letter),
    Law("any-letters", letters.any_letters),
    Law("turned-letters", letters.turned_letters),
    Law("reseed", reseed, True),
]
