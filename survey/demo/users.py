"""A demo sign-in for each role; two supervisors, as nobody settles a form that they keyed themselves."""

from __future__ import annotations

import sqlalchemy as sa

from survey.accounts.passwords import make_hash
from survey.db import db
from survey.models import Unit, User

DEMO_USERS = {
    "quantri": ("administrator", "Quản trị (ví dụ)"),
    "kehoach": ("planner", "Cán bộ kế hoạch, Sở Nội vụ (ví dụ)"),
    "nhaplieu": ("enumerator", "Điều tra viên (ví dụ)"),
    "giamsat": ("supervisor", "Giám sát viên (ví dụ)"),
    "giamsat2": ("supervisor", "Giám sát viên thứ hai (ví dụ)"),
    "donvi": ("unit_officer", "Công chức đơn vị (ví dụ)"),
    "thamdinh": ("appraiser", "Thành viên Hội đồng thẩm định (ví dụ)"),
    "phantich": ("analyst", "Chuyên viên phân tích (ví dụ)"),
    "lanhdao": ("viewer", "Lãnh đạo (ví dụ)"),
}


def demo_users(password: str, unit: Unit) -> list[User]:
    """The users, sharing one password; the unit officer is `unit`'s."""
    return [
        User(
            name=name,
            full_name=full_name,
            role=role,
            password_hash=make_hash(password),
            unit_id=unit.id if role == "unit_officer" else None,
        )
        for name, (role, full_name) in DEMO_USERS.items()
    ]


def user_named(name: str) -> User:
    """The user who signs in as `name`. Raises NoResultFound."""
    return db.session.scalars(sa.select(User).where(User.name == name)).one()
