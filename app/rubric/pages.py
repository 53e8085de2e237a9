"""What the pages of the rubric show; the session is only read."""

from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.models import RubricScore
from app.models.rubric import ScoreKind
from app.rubric import sentences
from app.rubric.commands import item_of, may_score
from app.rubric.queries import COMPOSITE, annual_figures, scores_frame, scores_in, story_of
from app.rubric.rows import Row, rows_of, touched
from plans.actors import Actor
from plans.errors import NotFound
from scoring.rubric import Hint, Scorecard, load_rubric, scorecard
from scoring.rubric.model import Item, Rubric
from scoring.verdicts import Verdict

RUBRIC = "xinjiang-2014-1000"


@dataclass(frozen=True)
class Refused:
    """Points that were not saved."""

    item: str
    kind: str
    text: str  # as written
    message: str


@dataclass(frozen=True)
class RubricPage:
    """The whole scorecard of a year."""

    year: int
    headline: str
    basis: list[str]
    card: Scorecard
    rows: list[Row]
    open_questions: list[str]
    starred: list[tuple[str, list[str], int]]
    editable: str  # kind that the person may score; "" = none
    refused: Refused | None = None
    changed: list[Row] = field(default_factory=list)  # totals that the last act touched

    def row(self, item: str) -> Row:
        """The row of an item. Raises NotFound."""
        found = next((row for row in self.rows if row.code == item and row.level == "item"), None)
        if found is None:
            raise NotFound(_("评分指标"))
        return found


@dataclass(frozen=True)
class ItemPage:
    """One item: what is computed in every year, and who gave which points."""

    headline: str
    basis: list[str]
    item: Item
    row: Row
    hints: list[Hint]  # of the year, and what is known of other years
    rests_on_basic: bool  # its figures may come from the county's own assessment of basic balance
    scores: list[RubricScore]


def rubric() -> Rubric:
    """The rubric that counties are scored by."""
    return load_rubric(RUBRIC)


def rubric_page(
    session: Session, actor: Actor, year: int, *, refused: Refused | None = None, item: str = ""
) -> RubricPage:
    """Put the page together; ``item``: the one that was just scored. Three queries."""
    scores = scores_in(session, rubric(), year)
    card = scorecard(rubric(), annual_figures(session, rubric()), scores_frame(scores), year)
    rows = rows_of(card, scores)
    return RubricPage(
        year=year,
        headline=sentences.scorecard_sentence(card, rows[0]),
        basis=sentences.scorecard_basis(card),
        card=card,
        rows=rows,
        open_questions=[*card.rubric.open.values(), *sentences.miscount_words(card)],
        starred=list(sentences.starred_lines(card)),
        editable=next((kind.value for kind in ScoreKind if may_score(actor, kind)), ""),
        refused=refused,
        changed=list(touched(rows, item, card)) if item else [],
    )


def item_page(session: Session, actor: Actor, year: int, code: str) -> ItemPage:
    """Put the page of an item together. Raises NotFound. Five queries."""
    item, page = item_of(rubric(), code), rubric_page(session, actor, year)
    row = page.row(code)
    return ItemPage(
        headline=sentences.hint_sentence(row),
        basis=[_("%(year)s 年度", year=year), item.clause],
        item=item,
        row=row,
        hints=[hint for hint in page.card.hints if hint.item == code and _is_told(hint, year)],
        rests_on_basic=any(one.startswith(COMPOSITE) for one in _elements_of(item)),
        scores=story_of(session, rubric(), year, code),
    )


def _is_told(hint: Hint, year: int) -> bool:
    return hint.year == year or hint.verdict != Verdict.NO_DATA


def _elements_of(item: Item) -> set[str]:
    return {code for part in item.parts for check in part.checks for code in check.codes}
