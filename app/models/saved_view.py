"""Views of the ledger that a person keeps."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.base import Base, CountyOwned


class SavedView(CountyOwned, Base):
    """Filters of the ledger under a name; one person's own, in one county.

    ``query`` is the part of the address behind the question mark, with known filters only.
    """

    __tablename__ = "saved_view"
    __table_args__ = (sa.UniqueConstraint("county_id", "account_id", "name"),)

    account_id: Mapped[int] = mapped_column(sa.BigInteger)
    name: Mapped[str] = mapped_column(sa.String(20))
    query: Mapped[str] = mapped_column(sa.String(300))
