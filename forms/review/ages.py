"""How long something has waited or may still take, in days by China's clock."""

from __future__ import annotations

from datetime import date, datetime

from qgis.PyQt.QtCore import QCoreApplication

from ...core.register.moments import CHINA
from ...core.review.transitions import today_in_china

# After so many days a record waits too long: a producer asks by then.
LONG_DAYS = 7


def days_since(moment: str) -> int:
    """Days from a stored moment (ISO 8601 with offset) to today; 0 for what is no moment."""
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return 0
    day = then.astimezone(CHINA).date() if then.tzinfo is not None else then.date()
    return max((today_in_china() - day).days, 0)


def age_text(moment: str) -> str:
    """How long ago a moment is: ``today``, ``12 days``."""
    days = days_since(moment)
    translate = QCoreApplication.translate
    return translate("originmap", "{days} days").format(days=days) if days else translate("originmap", "today")


def left_text(days: int) -> str:
    """How many days are left, negative when the deadline is over."""
    translate = QCoreApplication.translate
    if days < 0:
        return translate("originmap", "{days} days overdue").format(days=-days)
    if days == 0:
        return translate("originmap", "due today")
    return translate("originmap", "{days} days left").format(days=days)


def day_text(moment: str) -> str:
    """The day of a stored moment, by China's clock."""
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    day: date = then.astimezone(CHINA).date() if then.tzinfo is not None else then.date()
    return day.isoformat()
