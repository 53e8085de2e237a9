"""Numbers of documents: one row a county, kind and year, so that none is left out and none given twice."""

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from plans.models import NumberSeries, Series


def next_number(session: Session, series: Series, year: int) -> int:
    """The next number of a kind of document; it is given back if the transaction fails.

    Others who ask for one wait until this transaction ends.
    """
    counter = _held(session, series, year) or _begun(session, series, year)
    counter.last += 1
    session.flush()
    return counter.last


def _held(session: Session, series: Series, year: int) -> NumberSeries | None:
    statement = sa.select(NumberSeries).where(NumberSeries.series == series, NumberSeries.year == year)
    return session.scalar(statement.with_for_update().execution_options(populate_existing=True))


def _begun(session: Session, series: Series, year: int) -> NumberSeries:
    try:
        with session.begin_nested():
            session.add(NumberSeries(series=series, year=year, last=0))
    except IntegrityError:
        pass  # somebody else began the year at this very moment; their row is there now
    counter = _held(session, series, year)
    if counter is None:
        raise LookupError(f"The number series {series} of {year} could not be begun.")
    return counter
