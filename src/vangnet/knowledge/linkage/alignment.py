"""How the words of two names lie beside each other, in whatever order and field they were written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from vangnet.knowledge.linkage.names import NameForm, Token, is_other_form, skeletons

NameLevel = Literal[
    "exact", "spelling", "part", "one_of_several", "short_form", "similar", "initial", "different", "missing"
]
NONE, INITIAL, SIMILAR, SHORT, SPELLING, EXACT = range(6)
"""How two words agree, from not at all to letter by letter."""

_SIMILAR = 0.88
_SIMILAR_SOUND = 0.9
_WORTH_COUNTING = 0.7
_FRONT = 3


def _is_spelling(left: Token, right: Token) -> bool:
    theirs = right.sounds
    if any(sound in theirs for sound in left.sounds):
        return True
    if left.consonantal or right.consonantal:
        bones = set(skeletons(left)) & set(skeletons(right))
        return any(len(one) > 1 for one in bones)
    return False


def _is_short(left: str, right: str) -> bool:
    short, long = (left, right) if len(left) < len(right) else (right, left)
    return (len(short) >= _FRONT and long.startswith(short)) or is_other_form(left, right)


def _is_similar(left: Token, right: Token) -> bool:
    """Whether a slip of the pen, or of the ear, leads from one word to the other."""
    a, b = left.text, right.text
    alike = JaroWinkler.similarity(a, b)
    if alike >= _SIMILAR:
        return True
    allowed = 0 if min(len(a), len(b)) < 4 else 1 if max(len(a), len(b)) < 8 else 2
    if alike >= _WORTH_COUNTING and DamerauLevenshtein.distance(a, b, score_cutoff=allowed) <= allowed:
        return True
    return JaroWinkler.similarity(left.sounds[0], right.sounds[0]) >= _SIMILAR_SOUND


@lru_cache(maxsize=1 << 12)
def agreement(left: Token, right: Token) -> int:
    """Say how two words of a name agree. Symmetric."""
    if left.text == right.text:
        return EXACT
    if len(left.text) == 1 or len(right.text) == 1:
        return INITIAL if left.text[0] == right.text[0] else NONE
    if _is_spelling(left, right):
        return SPELLING
    if _is_short(left.text, right.text):
        return SHORT
    return SIMILAR if _is_similar(left, right) else NONE


class Part(NamedTuple):
    """How one part of two names agrees, and which words of both sides carry that."""

    level: NameLevel
    words: tuple[tuple[Token, Token], ...] = ()


_MISSING = Part("missing")
_DIFFERENT = Part("different")
_STRONG = frozenset({"exact", "spelling", "part", "one_of_several"})
_SURE = frozenset({"exact", "spelling"})
_JOINED_APART = 3


def _best_pairs(left: tuple[Token, ...], right: tuple[Token, ...]) -> list[tuple[int, Token, Token]]:
    """Lay each word beside its best partner, the best agreement first, each word used once."""
    found = sorted(
        ((agreement(a, b), -abs(i - j), i, j) for i, a in enumerate(left) for j, b in enumerate(right)),
        key=lambda one: one[:2],
        reverse=True,
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs = []
    for how, _, i, j in found:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((how, left[i], right[j]))
    return pairs


def _joined(words: tuple[Token, ...]) -> Token:
    whole = "".join(word.sounds[0] for word in words)
    return Token("".join(word.text for word in words), (whole,), any(word.consonantal for word in words))


_LEVELS: tuple[NameLevel, ...] = ("different", "initial", "similar", "short_form", "spelling", "exact")
"""The level of two single words, and of several words by the one that agrees least."""


def _level_of(hows: list[int], *, same_length: bool) -> NameLevel:
    lowest = min(hows)
    if lowest >= SPELLING and not same_length:
        return "part"
    return "one_of_several" if lowest == NONE and max(hows) >= SPELLING else _LEVELS[lowest]


def _may_be_joined(left: tuple[Token, ...], right: tuple[Token, ...]) -> bool:
    """Whether one side may have written as one word what the other wrote as several."""
    letters = [sum(len(word.text) for word in words) for words in (left, right)]
    return abs(letters[0] - letters[1]) <= _JOINED_APART


def _align_several(left: tuple[Token, ...], right: tuple[Token, ...]) -> Part:
    pairs = _best_pairs(left, right)
    level = _level_of([how for how, _, _ in pairs], same_length=len(left) == len(right))
    if level not in _STRONG and len(left) != len(right) and _may_be_joined(left, right):
        whole = _joined(left), _joined(right)
        if agreement(*whole) >= SPELLING:
            return Part("spelling", (whole,))
    least = SPELLING if level == "one_of_several" else INITIAL
    return Part(level, tuple((a, b) for how, a, b in pairs if how >= least))


def align(left: tuple[Token, ...], right: tuple[Token, ...]) -> Part:
    """Compare the given names, or the family names, of two people, whatever the order of the words."""
    if not left or not right:
        return _MISSING
    if len(left) == 1 and len(right) == 1:
        how = agreement(left[0], right[0])
        return Part(_LEVELS[how], ((left[0], right[0]),)) if how else _DIFFERENT
    if left == right:
        return Part("exact", tuple(zip(left, right, strict=True)))
    return _align_several(left, right)


class Names(NamedTuple):
    """How two names agree as a whole.

    Where the two names changed places, `given` is what the one side calls so: the left one, or
    the right one when it is `read_as_right`.
    """

    given: Part
    family: Part
    order: Literal["as_written", "swapped"]
    read_as_right: bool = False


def _straight(left: NameForm, right: NameForm) -> Names:
    return Names(align(left.given, right.given), align(left.family, right.family), "as_written")


def _share_a_start(left: tuple[Token, ...], right: tuple[Token, ...]) -> bool:
    """Whether some word of each side starts with the same sound: the least that a swap must show."""
    starts = [word.sounds[0][:1] for word in right]
    return any(word.sounds[0][:1] in starts for word in left)


def _crossed(left: NameForm, right: NameForm) -> tuple[Names, ...]:
    """Lay given beside family names, read as the left side and as the right side calls them."""
    if not (_share_a_start(left.given, right.family) or _share_a_start(left.family, right.given)):
        return ()
    one, other = align(left.given, right.family), align(left.family, right.given)
    return Names(one, other, "swapped"), Names(other, one, "swapped", read_as_right=True)


def _pooled(left: NameForm, right: NameForm) -> Names | None:
    """Where one side has all its words in one field, lay them beside both fields of the other."""
    for one, other in ((left, right), (right, left)):
        words = one.given or one.family
        if (not one.given or not one.family) and len(words) > 1 and other.given and other.family:
            given, family = align(words, other.given), align(words, other.family)
            if given.words and family.words:
                return Names(given, family, "as_written")
    return None


def weight_of(names: Names, weigh: Mapping[str, Mapping[str, float]]) -> float:
    """Add up what given name, family name and their order weigh, in bits."""
    return (
        weigh["given_name"][names.given.level]
        + weigh["family_name"][names.family.level]
        + weigh["name_order"][names.order]
    )


def compare_forms(left: NameForm, right: NameForm, weigh: Mapping[str, Mapping[str, float]]) -> Names:
    """Choose the way of laying two names beside each other that speaks most for one person.

    `weigh` holds the weight of each level for `given_name`, `family_name` and `name_order`.
    """
    best = _straight(left, right)
    if best.given.level in _SURE or best.family.level in _SURE:
        return best
    for other in (*_crossed(left, right), _pooled(left, right)):
        if other is not None and weight_of(other, weigh) > weight_of(best, weigh):
            best = other
    return best
