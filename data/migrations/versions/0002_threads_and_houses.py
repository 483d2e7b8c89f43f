"""What a case follows, why drafts were refused, and each user's house."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("follows", sa.Integer()))
    op.add_column("drafts", sa.Column("refused", sa.JSON()))
    op.create_table(
        "houses",
        sa.Column("user_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("houses")
    op.drop_column("drafts", "refused")
    op.drop_column("cases", "follows")
