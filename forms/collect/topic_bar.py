"""The topics of the form in as many lines as the panel's width needs, each saying how much is missing in it."""

from __future__ import annotations

from typing import Callable, Mapping, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QButtonGroup, QSizePolicy, QTabWidget, QToolButton, QWidget

from ..flow import FlowLayout
from ..icons import theme_icon


class TopicBar(QWidget):
    """Stands in for the native form's row of tabs, which in a narrow panel hides the last ones behind arrows.

    Args:
        pages: the form's tabs; their own bar is hidden, their keys (Ctrl+PgUp, Ctrl+PgDown) go on working.
        titles: what to show instead of a tab's title.
        into_page: puts the keyboard on the first field of the page in front; says whether it has one.
    """

    def __init__(
        self,
        pages: QTabWidget,
        titles: Mapping[str, str],
        into_page: Callable[[], bool],
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_topics")
        self._pages = pages
        self._into_page = into_page
        self._titles = [titles.get(pages.tabText(number), pages.tabText(number)) for number in range(pages.count())]
        self._group = QButtonGroup(self)
        flow = FlowLayout(self, spacing=2)
        for number in range(pages.count()):
            flow.addWidget(self._button(number))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        pages.tabBar().hide()
        pages.setDocumentMode(True)
        pages.currentChanged.connect(self._follow)
        self._group.idClicked.connect(pages.setCurrentIndex)
        self._follow(pages.currentIndex())
        self.show_missing([0] * pages.count())

    def show_missing(self, counts: Sequence[int]) -> None:
        """How many items are missing in each topic; a topic without any gets a tick."""
        for number, missing in enumerate(counts):
            button, title = self._group.button(number), self._titles[number]
            button.setText(f"{title} {missing}" if missing else title)
            button.setIcon(theme_icon("mIconSuccess.svg") if not missing else QIcon())
            said = QCoreApplication.translate("originmap", "{topic}, {number} missing") if missing else "{topic}"
            button.setAccessibleName(said.format(topic=title, number=missing))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from a topic that was clicked into its fields, not on to the map."""
        return (forward and self._into_page()) or super().focusNextPrevChild(forward)

    def _button(self, number: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"originmap_topic_{number}")
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # Tab goes through the fields and from page to page by itself.
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        side = self.fontMetrics().height() * 3 // 4
        button.setIconSize(type(button.iconSize())(side, side))
        self._group.addButton(button, number)
        return button

    def _follow(self, number: int) -> None:
        self._group.button(number).setChecked(True)
