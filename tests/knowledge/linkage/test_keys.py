from __future__ import annotations

from vangnet.knowledge.linkage import MAX_KEYS, Record, keys, record
from vangnet.knowledge.terms import PartialDate, PersonName


def a_record(*names: tuple[str, str], birth: str = "", **numbers: tuple[str, ...]) -> Record:
    days = (PartialDate.parse(birth),) if birth else ()
    return record(
        Record(record_id="r", names=tuple(PersonName(*name) for name in names), birth_dates=days, **numbers)  # type: ignore[arg-type]
    )


def shared(left: Record, right: Record) -> set[str]:
    return set(keys(left)) & set(keys(right))


def test_other_scripts_and_orders_share_a_name_key() -> None:
    assert any(
        key.startswith("n:") for key in shared(a_record(("Yordanka", "Ivanova")), a_record(("Иванов", "Йорданка")))
    )


def test_names_without_short_vowels_share_consonants_only() -> None:
    found = keys(a_record(("محمد", "")))
    assert "k:mmd" in found
    assert not any(key.startswith("n:") for key in found)
    assert "k:mmd" in keys(a_record(("Mohammed", "")))


def test_a_cut_off_name_shares_its_fronts() -> None:
    assert "f:kru+mal" in shared(a_record(("Malgorzata", "Krol")), a_record(("Malg", "Krol"))) or any(
        key.startswith("f:") for key in shared(a_record(("Malgorzata", "Krolik")), a_record(("Malg", "Krol")))
    )


def test_day_and_month_in_either_order_share_a_key() -> None:
    assert "d:2012:0305" in shared(a_record(birth="2012-05-03"), a_record(birth="2012-03-05"))


def test_a_birthday_finds_another_year_but_1_january_does_not() -> None:
    assert "e:0517" in shared(a_record(birth="2012-05-17"), a_record(birth="2009-05-17"))
    assert not shared(a_record(birth="2012-01-01"), a_record(birth="2009-01-01"))
    assert keys(a_record(birth="2012")) == ()


def test_every_number_is_a_key_of_its_kind() -> None:
    found = keys(
        a_record(
            phones=("0612345678",),
            addresses=("Kade 12",),
            documents=("AB123",),
            biometrics=("AF99",),
            collector_phones=("0687654321",),
            vehicles=("12-AB-3",),
        )
    )
    assert set(found) == {"p:612345678", "a:kade 12", "o:AB123", "b:AF99", "c:687654321", "v:12AB3"}


def test_keys_are_few_however_many_names_and_share_the_room() -> None:
    names = tuple((f"{a}ra{b}on", f"{b}i{a}ek") for a in "bdgklmnprst" for b in "dmt")
    found = keys(a_record(*names, birth="2012-05-17", phones=tuple(f"06{n:08d}" for n in range(9))))
    assert len(found) == len(set(found)) <= MAX_KEYS
    assert sum(key.startswith("p:") for key in found) == 3
    assert sum(key.startswith("n:") for key in found) >= 20
