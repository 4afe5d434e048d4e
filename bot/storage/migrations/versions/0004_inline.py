"""The ledger knows messages that were sent through inline mode, by Telegram's own id for them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column."""
    op.add_column("ledger", sa.Column("inline_message", sa.String(200)))
