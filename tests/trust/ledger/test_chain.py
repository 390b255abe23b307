"""The pure chain: whatever single thing is done to it is found, and located."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vangnet.trust.ledger.chain import Break, Found, Head, Link, canonical, check, close, follow, link

KEY = b"k" * 32
OTHER_KEY = b"o" * 32
KNOWN_FIRST = "3fc0a7dafbd568ec43bf3482625a55973896c071626287c6049f931d8d50af66"
KNOWN_SECOND = "1843b8ed3b47c6f4b6b50f70a65bf12b3ddc006d9e82d71047034a4ab42f71c7"


def chain_of(length: int, key: bytes = KEY) -> list[Link]:
    links: list[Link] = []
    previous = ""
    for number in range(1, length + 1):
        body = {"number": number, "act": "read_encounter", "subjects": [f"id-{number}"], "anchor": ""}
        mac = link(previous, body, key)
        links.append(Link(body=body, previous=previous, mac=mac))
        previous = mac
    return links


def head_of(links: list[Link]) -> Head:
    return Head(len(links), links[-1].mac) if links else Head()


def forged(number: int, previous: str, key: bytes = OTHER_KEY) -> Link:
    body = {"number": number, "act": "judge", "subjects": [], "anchor": ""}
    return Link(body=body, previous=previous, mac=link(previous, body, key))


def look(links: list[Link], head: Head | None, anchors: dict[int, str] | None = None) -> Found | None:
    return check(links, KEY, head=head, anchors=anchors or {})


LENGTHS = st.integers(1, 12)


@st.composite
def places(draw: Any) -> tuple[list[Link], int]:
    links = chain_of(draw(LENGTHS))
    return links, draw(st.integers(0, len(links) - 1))


def test_the_mac_is_hmac_sha256_over_rfc_8785_json():
    written = b'{"body":{"act":"judge","number":1},"previous":"ab"}'
    expected = hmac.new(KEY, written, hashlib.sha256).hexdigest()
    assert link("ab", {"number": 1, "act": "judge"}, KEY) == expected
    assert canonical({"b": "\u20ac", "a": [1, True, None]}) == '{"a":[1,true,null],"b":"€"}'.encode()


def test_a_known_chain_keeps_its_macs():
    assert [one.mac for one in chain_of(2)] == [KNOWN_FIRST, KNOWN_SECOND]


@given(st.integers(0, 12))
def test_a_chain_as_it_was_written_is_whole(length):
    links = chain_of(length)
    assert look(links, head_of(links), {one.number: one.mac for one in links}) is None


def test_nothing_at_all_is_whole():
    assert look([], None) is None
    assert look([], Head()) is None


@given(places(), st.sampled_from(["act", "subjects", "number", "anchor", "new"]))
def test_any_edit_of_a_body_is_located(place, name):
    links, index = place
    value = 99 if name == "number" else "edited"
    links[index] = replace(links[index], body={**links[index].body, name: value})
    found = look(links, head_of(links))
    assert found is not None
    assert found.number == index + 1
    assert found.broken is (Break.MISSING if name == "number" else Break.CHANGED)


@given(places(), st.sampled_from(["previous", "mac"]), st.sampled_from(["", "0" * 64, "é", "edited"]))
def test_any_edit_of_a_mac_is_located(place, name, value):
    links, index = place
    if getattr(links[index], name) == value:
        value = "other"
    head = head_of(links)
    links[index] = replace(links[index], **{name: value})
    assert look(links, head) == Found(index + 1, Break.CHANGED)


@given(places())
def test_any_deletion_before_the_end_is_located(place):
    links, index = place
    head = head_of(links)
    del links[index]
    expected = Break.TAIL_CUT if index == len(links) else Break.MISSING
    assert look(links, head) == Found(index + 1, expected)


@given(places(), st.booleans())
def test_any_insertion_is_located(place, renumbered):
    links, index = place
    head = head_of(links)
    links.insert(index, forged(index + 1, links[index].previous))
    if renumbered:
        links[index + 1 :] = [
            replace(one, body={**one.body, "number": one.number + 1}) for one in links[index + 1 :]
        ]
        head = Head(head.number + 1, head.mac)
    assert look(links, head) == Found(index + 1, Break.CHANGED)


@given(places())
def test_an_entry_that_stands_twice_is_located(place):
    links, index = place
    head = head_of(links)
    links.insert(index + 1, links[index])
    assert look(links, head) == Found(index + 2, Break.OUT_OF_PLACE)


@given(places(), st.data())
def test_any_swap_is_located(place, data):
    links, index = place
    other = data.draw(st.integers(0, len(links) - 1).filter(lambda one: one != index or len(links) == 1))
    if other == index:
        return
    head = head_of(links)
    links[index], links[other] = links[other], links[index]
    found = look(links, head)
    assert found is not None
    assert found.number == min(index, other) + 1


@given(places(), st.data())
def test_contents_swapped_under_their_old_numbers_are_located(place, data):
    links, index = place
    other = data.draw(st.integers(0, len(links) - 1))
    if other == index:
        return
    one, two = links[index], links[other]
    links[index] = replace(two, body={**two.body, "number": one.number})
    links[other] = replace(one, body={**one.body, "number": two.number})
    assert look(links, head_of(links)) == Found(min(index, other) + 1, Break.CHANGED)


@given(places(), st.booleans())
def test_a_tail_cut_with_its_head_is_found_by_an_anchor(place, head_too):
    links, index = place
    head, anchors = head_of(links), {links[-1].number: links[-1].mac}
    kept = links[:index]
    found = look(kept, head_of(kept) if head_too else head, anchors if head_too else {})
    assert found == Found(index + 1, Break.TAIL_CUT)


@given(places())
def test_a_chain_that_is_gone_with_its_head_is_found_by_an_anchor(place):
    links, index = place
    assert look([], None, {index + 1: links[index].mac}) == Found(1, Break.TAIL_CUT)


@given(places())
def test_a_chain_written_anew_with_the_key_is_found_by_an_anchor(place):
    links, index = place
    anchors = {links[index].number: links[index].mac}
    previous, anew = "", []
    for one in links:
        body = {**one.body, "act": "judge"}
        anew.append(Link(body=body, previous=previous, mac=link(previous, body, KEY)))
        previous = anew[-1].mac
    assert look(anew, head_of(anew), anchors) == Found(index + 1, Break.ANCHOR_DIFFERS)
    assert look(anew, head_of(anew)) is None


@given(places())
def test_a_genuine_entry_of_another_past_does_not_follow(place):
    links, index = place
    links[index] = forged(index + 1, "0" * 64, KEY)
    assert look(links, head_of(links)) == Found(index + 1, Break.NOT_FOLLOWING)


@given(places())
def test_a_missing_head_is_found_after_the_last_entry(place):
    links, _ = place
    assert look(links, None) == Found(len(links), Break.HEAD_MISSING)


@given(places())
def test_a_forged_head_is_found(place):
    links, index = place
    assert look(links, Head(index, links[index].previous)) == Found(index + 1, Break.HEAD_FORGED)
    assert look(links, Head(len(links), "0" * 64)) == Found(len(links), Break.HEAD_FORGED)
    assert look([], Head(0, "0" * 64)) == Found(0, Break.HEAD_FORGED)
    assert look(links, Head(len(links) + 3, "0" * 64)) == Found(len(links) + 1, Break.TAIL_CUT)


@given(places())
def test_an_entry_that_names_an_anchor_that_is_gone_is_located(place):
    links, index = place
    body = {**links[index].body, "anchor": "seal"}
    links[index] = Link(body=body, previous=links[index].previous, mac=link(links[index].previous, body, KEY))
    kept = links[: index + 1]
    head = head_of(kept)
    assert look(kept, head) == Found(index + 1, Break.ANCHOR_UNKNOWN)
    assert check(kept, KEY, head=head, anchors={}, seals={"", "seal"}) is None


def test_an_entry_that_names_no_anchor_has_seen_none():
    body = {"number": 1, "act": "judge", "subjects": []}
    one = Link(body=body, previous="", mac=link("", body, KEY))
    assert check([one], KEY, head=Head(1, one.mac), anchors={}) is None
    assert follow(Head(), [one], KEY, {}, {"seal"}) == Found(1, Break.ANCHOR_UNKNOWN)


def test_a_body_that_cannot_be_written_as_json_was_changed():
    links = chain_of(2)
    links[1] = replace(links[1], body={**links[1].body, "counts": float("nan")})
    assert look(links, head_of(links)) == Found(2, Break.CHANGED)


def test_a_walk_can_be_taken_up_where_it_ended():
    links = chain_of(5)
    half = follow(Head(), links[:3], KEY, {}, {""})
    assert half == Head(3, links[2].mac)
    assert follow(half, links[3:], KEY, {}, {""}) == head_of(links)
    assert close(half, half, {3: links[2].mac}) is None
    assert close(half, half, {4: links[3].mac}) == Found(4, Break.TAIL_CUT)


@pytest.mark.parametrize("key", [OTHER_KEY, b""])
def test_under_another_key_the_first_entry_is_wrong(key):
    links = chain_of(3, key)
    assert look(links, head_of(links)) == Found(1, Break.CHANGED)
