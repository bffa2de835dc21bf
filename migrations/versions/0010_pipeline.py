"""The pipeline knows contacts, clients and services."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("opportunities") as batch_op:
        batch_op.add_column(sa.Column("contact_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("client_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("service_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_opportunities_client_id"), ["client_id"])
        batch_op.create_index(batch_op.f("ix_opportunities_contact_id"), ["contact_id"])
        batch_op.create_index(batch_op.f("ix_opportunities_service_id"), ["service_id"])
        batch_op.create_foreign_key(batch_op.f("fk_opportunities_client_id_clients"), "clients", ["client_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_opportunities_contact_id_contacts"), "contacts", ["contact_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_opportunities_service_id_services"), "services", ["service_id"], ["id"]
        )
