from __future__ import annotations

import pytest

from vangnet.knowledge.linkage.identifiers import address_form, is_one_sign_apart, number_form, phone_form


@pytest.mark.parametrize(
    "written", ["+31 6 12345678", "0031612345678", "06-12345678", "06 12 34 56 78", "٠٦١٢٣٤٥٦٧٨"]
)
def test_a_phone_is_the_same_with_and_without_its_prefix(written: str) -> None:
    assert phone_form(written) == "612345678"


@pytest.mark.parametrize("written", ["112", "", "geen"])
def test_a_short_number_is_nobodys_phone(written: str) -> None:
    assert phone_form(written) == ""


@pytest.mark.parametrize(("written", "form"), [("ab-123 4", "AB1234"), ("АВ1234", "AV1234"), ("12", ""), ("", "")])
def test_a_number_is_written_in_plain_capitals(written: str, form: str) -> None:
    assert number_form(written) == form


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Malmö 53/388", "malmo 53 388"),
        ("1012AB 4", "1012 ab 4"),
        ("Amsterdam", ""),
        ("12", ""),
        ("", ""),
    ],
)
def test_an_address_needs_a_word_and_a_number(written: str, form: str) -> None:
    assert address_form(written) == form


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        ("C3913472", "C3913474", True),
        ("12345", "12354", True),
        ("12345", "12345", False),
        ("12345", "12543", False),
        ("12345", "22355", False),
        ("12345", "52341", False),
        ("1234", "1235", False),
        ("12345", "123456", False),
        ("12345", "54321", False),
    ],
)
def test_one_sign_apart_is_one_slip(left: str, right: str, apart: bool) -> None:
    assert is_one_sign_apart(left, right) is apart
    assert is_one_sign_apart(right, left) is apart
