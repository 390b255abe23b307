"""`vangnet estimate`: the shape of the contract, exit codes, and a sentence for every input that cannot be used."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from mse import FOLDER
from vangnet.site.cli import estimate, main

UK = str(FOLDER / "UKdat.csv")
KOREA = str(FOLDER / "Korea.csv")


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict]:
    code = main(["estimate", *arguments, "--json"])
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return code, json.loads(out)


def test_the_answer_has_the_shape_of_the_contract(capsys) -> None:
    code, found = answer(capsys, UK, "--method", "stepwise", "--p", "0.02")
    assert code == 0
    assert list(found) == ["n_observed", "lists", "results", "diagnostics", "sensitivity", "verdict"]
    assert found["n_observed"] == 2744
    (result,) = found["results"]
    wanted = {"method", "parameters", "model", "status", "reason", "estimate", "lo", "hi", "interval", "aic"}
    assert wanted <= set(result)
    assert (result["method"], result["parameters"], result["status"]) == ("stepwise", {"p": 0.02}, "ok")
    assert result["model"] == "GO:GP+GO:NG+GP:NG+GP:PF+LA:NG+LA:PF+NCA:PF"
    assert [round(result[key]) for key in ("estimate", "lo", "hi")] == [11418, 9977, 13146]
    assert result["interval"] == "wald95_log_hidden"
    assert found["verdict"]["range"] == [10_000, 13_000]


def test_the_report_is_the_default_and_holds_all_that_the_table_carries(capsys) -> None:
    code, found = answer(capsys, KOREA, "--draws", "250")
    assert code == 0
    assert {"stepwise", "bootstrap", "aic", "bic", "decomposable-graphs", "chao"} <= {
        one["method"] for one in found["results"]
    }
    assert {"leave_one_out", "odds_ratio", "linkage_error", "internal_consistency"} <= set(found["sensitivity"])
    assert found["diagnostics"]["pair_models"]["by_code"] == {"0": 6, "1": 2, "2": 0, "3": 0}


def test_a_refused_method_is_exit_one_and_says_why_for_people(capsys) -> None:
    assert main(["estimate", KOREA, "--method", "fixed", "--model", "b:c+b:d+c:d"]) == 1
    out = capsys.readouterr().out
    assert "the best estimate does not exist" in out
    assert "123 observed on b, c, d." in out


def test_the_quality_of_the_linkage_is_carried_into_the_figure_that_is_judged(capsys) -> None:
    code, found = answer(capsys, UK, "--method", "stepwise", "--recall", "0.9", "--precision", "0.98")
    assert code == 0
    plain, linked = found["results"]
    assert (linked["method"], linked["parameters"]["recall"], linked["parameters"]["precision"]) == (
        "linked",
        0.9,
        0.98,
    )
    assert linked["estimate"] < plain["estimate"]
    assert found["verdict"]["range"] != [10_000, 13_000]


def test_below_a_recall_of_one_half_the_figure_is_refused(capsys) -> None:
    code, found = answer(capsys, UK, "--method", "stepwise", "--recall", "0.4")
    assert code == 1
    assert found["results"][-1]["status"] == "refuse"
    assert found["verdict"]["range"] is None
    assert "below 50%" in found["verdict"]["because"][0]


@pytest.mark.parametrize("share", ["0", "1.2", "-1", "nan"])
def test_a_recall_that_cannot_be_is_refused(share: str, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["estimate", UK, "--recall", share])
    assert ended.value.code == 2
    assert "--recall" in capsys.readouterr().err


def test_for_people_the_range_comes_first(capsys) -> None:
    assert main(["estimate", KOREA, "--method", "bootstrap", "--draws", "100", "--language", "en"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0].startswith("No upper or lower limit")
    assert "refused to refused (percentile95)" in out
    assert main(["estimate", KOREA, "--method", "stepwise"]) == 0
    assert capsys.readouterr().out.startswith("Probably between 200 and 400")


def test_a_list_can_be_left_out_or_taken_as_everybody(capsys) -> None:
    assert answer(capsys, UK, "--method", "stepwise", "--omit", "GP")[1]["n_observed"] == 2428
    assert answer(capsys, UK, "--method", "stepwise", "--omit", "GP,NCA")[1]["lists"] == ["GO", "LA", "NG", "PF"]
    code, found = answer(capsys, UK, "--method", "stepwise", "--truth", "GP")
    assert (code, found["results"][0]["estimate"]) == (1, None)
    assert main(["estimate", UK, "--truth", "XX"]) == 2
    assert "There is no list XX" in capsys.readouterr().err


def test_bad_input_is_named_with_its_row_and_nothing_is_printed(tmp_path: Path, capsys) -> None:
    file = tmp_path / "t.csv"
    file.write_text("A,B,count\n1,0,1 000\n0,1,-2\n", encoding="utf-8")
    assert main(["estimate", str(file)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"{file}, row 2: The count “1 000”" in printed.err
    assert "row 3" in printed.err
    assert main(["estimate", str(tmp_path / "none.csv")]) == 2
    assert "cannot be opened" in capsys.readouterr().err


def test_a_byte_order_mark_is_said_on_standard_error(tmp_path: Path, capsys) -> None:
    file = tmp_path / "t.csv"
    file.write_text("\ufeff" + Path(KOREA).read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["estimate", str(file), "--method", "chao", "--language", "nl"]) == 0
    assert "row 1: Het bestand begon met een onzichtbaar teken" in capsys.readouterr().err


def test_a_table_comes_from_standard_input(monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(Path(KOREA).read_text(encoding="utf-8")))
    assert answer(capsys, "-", "--method", "chapman")[0] == 0


@pytest.mark.parametrize(
    "wrong", [["--p", "2"], ["--draws", "0"], ["--seed", "-1"], ["--method", "guess"], ["--claim", "tens"]]
)
def test_wrong_use_is_exit_two(wrong: list[str], capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["estimate", KOREA, *wrong])
    assert stopped.value.code == 2


def test_the_report_is_written_as_a_page(tmp_path: Path, capsys) -> None:
    file = tmp_path / "report.html"
    assert (
        main(
            [
                "estimate",
                KOREA,
                "--method",
                "stepwise",
                "--report",
                str(file),
                "--claim",
                "Hundreds|shelters|100|1000",
            ]
        )
        == 0
    )
    assert "“Hundreds”" in file.read_text(encoding="utf-8")
    assert main(["estimate", KOREA, "--method", "stepwise", "--report", str(tmp_path / "no" / "r.html")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_progress_is_shown_on_a_terminal_and_nowhere_else(monkeypatch, capsys) -> None:
    estimate._progress(1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    estimate._progress(1, 2)
    estimate._progress(2, 2)
    err = capsys.readouterr().err
    assert "1/2" in err
    assert err.endswith("2/2\n")
