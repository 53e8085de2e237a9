"""An assessment keeps the data that it judged, and who froze it when."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('frozen_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('frozen_by', sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column('data', sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_column('data')
        batch_op.drop_column('frozen_by')
        batch_op.drop_column('frozen_at')
