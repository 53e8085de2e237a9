"""Self score, computed hint and reviewer's score: kept apart, added up, and nothing concluded."""

import json

import pandas as pd
import pytest

from scoring.rubric import load_rubric, scorecard

RUBRIC = load_rubric("xinjiang-2014-1000")
NO_SCORES = pd.DataFrame({"self": [], "reviewer": []}, dtype=float)
# Self scores of a published county report of 2023 where they are short of full points.
SHORT = {"C6": 35.0, "C17": 27.7, "C19": 23.0, "C34": 64.0, "C35": 64.5}


def _card(annual=None, scores=NO_SCORES, year=None):
    return scorecard(RUBRIC, pd.DataFrame() if annual is None else annual, scores, year)


def _scores(reviewer=None):
    own = {item.code: SHORT.get(item.code, float(item.full)) for item in RUBRIC.items}
    return pd.DataFrame({"self": own, "reviewer": reviewer or {}}, index=list(own), dtype=float)


def _annual(year=2022, **figures):
    return pd.DataFrame({code: [float(figure)] for code, figure in figures.items()}, index=[year])


def _item(card, code):
    return card.items.set_index("code").loc[code].to_dict()


def _total(card, code):
    return card.totals.set_index("code").loc[code].to_dict()


def test_rubric_has_36_c_items_in_8_groups_17_of_them_starred():
    c_items = [item for item in RUBRIC.items if item.code.startswith("C")]

    assert (len(c_items), sum(item.starred for item in c_items)) == (36, 17)
    assert [group.code for group in RUBRIC.groups if group.area] == [f"B{n}" for n in range(1, 9)]
    assert [(g.code, g.full) for g in RUBRIC.groups if not g.area] == [
        ("A1", 155),
        ("A2", 305),
        ("A3", 340),
        ("A4", 200),
    ]


def test_areas_whose_stated_number_of_items_is_not_what_is_listed():
    found = [(group.code, group.stated_items, listed) for group, listed in RUBRIC.miscounts()]

    assert found == [("A2", 14, 13), ("A3", 14, 13)]


def test_self_scores_add_up_to_the_published_totals():
    card = _card(scores=_scores())

    assert [_total(card, code)["self"] for code in ("A1", "A2", "A3", "A4", "all")] == [
        150,
        300.7,
        338.5,
        200,
        989.2,
    ]
    assert _total(card, "B5")["self"] == 210.7


def test_items_without_a_score_are_not_zero():
    card = _card(scores=pd.DataFrame({"self": {"C1": 20.0}, "reviewer": {"C1": float("nan")}}))

    assert (_total(card, "B1")["self"], _total(card, "B1")["self_of"]) == (20, 20)
    assert pd.isna(_total(card, "B2")["self"])
    assert pd.isna(_total(card, "all")["reviewer"])


def test_three_numbers_of_an_item_stay_apart():
    annual = _annual(quality_passed_primary=96, quality_tested_primary=100)

    card = _card(annual, _scores(reviewer={"C34": 60.0}))

    row = _item(card, "C34")
    assert (row["self"], row["hint"], row["reviewer"]) == (64, 65, 60)
    total = _total(card, "B8")
    assert (total["hint"], total["hint_of"], total["reviewer"], total["reviewer_of"]) == (65, 65, 60, 65)


def test_starred_items_short_of_full_points_are_listed_for_each_number():
    card = _card(scores=_scores(reviewer={"C3": 19.5, "C1": 3.0, "C14": 30.0}))

    assert card.starred_not_full == {"self": ("C6",), "hint": (), "reviewer": ("C3",)}
    assert len(card.starred_unscored["reviewer"]) == 15
    assert card.starred_unscored["self"] == ()


def test_missed_figure_gives_no_points_and_no_zero_where_the_deduction_is_open():
    card = _card(_annual(exchange_teachers=332, teachers_total=6744))

    row = _item(card, "C14")
    assert row["verdict"] == "not_met"
    assert pd.isna(row["hint"])


def test_parts_with_points_of_their_own_are_added_up():
    rows = {
        "fiscal_recurrent_revenue_wan": [273180, 231760],
        "education_appropriation_wan": [198726, 172748],
        "compulsory_appropriation_wan": [128476, 125009],
        "operating_cost_yuan_primary": [669454706, 707009436],
        "operating_cost_yuan_junior": [423705348, 435080604],
        "budget_public_funds_yuan_primary": [60035054, 64868107],
        "budget_public_funds_yuan_junior": [54448181, 56572860],
        "pupils_total_primary": [67299, 70967],
        "pupils_total_junior": [31284, 31797],
        "gdp_wan": [3367858, 3502388],
        "public_expenditure_wan": [749036, 761261],
    }

    card = _card(pd.DataFrame(rows, index=[2021, 2022], dtype=float), _scores())

    row = _item(card, "C6")
    assert (row["verdict"], row["hint"], row["self"]) == ("not_met", 30, 35)
    assert card.starred_not_full["hint"] == ("C6",)


def test_part_without_figures_leaves_the_hint_open():
    card = _card(pd.DataFrame({"gdp_wan": [1.0, 1.0]}, index=[2021, 2022]))

    assert (_item(card, "C6")["verdict"], pd.isna(_item(card, "C6")["hint"])) == ("no_data", True)


@pytest.mark.parametrize(
    ("allocated", "verdict"), [(85, "met"), (80, "met"), (79, "pending"), (50, "pending"), (49, "not_met")]
)
def test_quota_is_pending_while_its_two_readings_differ(allocated, verdict):
    card = _card(_annual(quota_allocated=allocated, quota_places=100))

    assert _item(card, "C26")["verdict"] == verdict


def test_share_that_does_not_count_changes_nothing():
    figures = {"teachers_total": 6744, "certified_teachers": 6744, "matched_teachers": 5463}

    with_titles = _card(_annual(**figures, mid_title_total=2541))

    assert (_item(with_titles, "C17")["verdict"], _item(with_titles, "C17")["hint"]) == ("met", 30)


def test_zero_of_zero_is_left_out_beside_figures_that_apply():
    surcharges = {
        "education_surcharge_wan": 100,
        "education_surcharge_used_wan": 100,
        "local_surcharge_wan": 0,
        "local_surcharge_used_wan": 0,
        "land_income_wan": 0,
        "land_income_used_wan": 0,
    }

    row = _item(_card(_annual(**surcharges)), "C9")

    assert row["verdict"] == "met"
    assert pd.isna(row["hint"])


def test_item_to_which_nothing_applies_is_not_applicable():
    nothing = {
        f"{place}_{what}_{stage}": 0
        for place in ("town", "rural", "pastoral")
        for what in ("of_age", "enrolled")
        for stage in ("primary", "junior")
    }

    assert _item(_card(_annual(**nothing)), "C21")["verdict"] == "not_applicable"


def test_year_is_the_newest_unless_chosen():
    annual = pd.DataFrame(
        {"exchange_teachers": [6.0, 4.0], "teachers_total": [100.0, 100]}, index=[2021, 2022]
    )

    assert (_card(annual).year, _item(_card(annual), "C14")["verdict"]) == (2022, "not_met")
    assert _item(_card(annual, year=2021), "C14")["verdict"] == "met"
    assert _item(_card(annual, year=2030), "C14")["verdict"] == "no_data"


def test_json_is_plain_and_keeps_what_is_open():
    card = _card(_annual(exchange_teachers=332, teachers_total=6744), _scores()).to_json()

    again = json.loads(json.dumps(card, allow_nan=False))

    assert sorted(again) == [
        "hints",
        "items",
        "miscounts",
        "open",
        "rubric",
        "starred_not_full",
        "starred_unscored",
        "totals",
        "year",
    ]
    assert [one["code"] for one in again["open"]][:2] == ["pass_mark", "star"]
    (exchange,) = (hint for hint in again["hints"] if hint["item"] == "C14")
    assert (exchange["printed"], exchange["verdict"], exchange["flags"]) == ("4.92", "not_met", ["rounding"])
    assert exchange["value"] == pytest.approx(4.922894, abs=1e-6)
    assert exchange["working"] == "332 ÷ 6744 × 100＝4.92%，标准 ≥ 5"
