"""What a record still lacks before it can be submitted: how much, which items, and a way to each."""

from __future__ import annotations

from html import escape
from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from ...core.register.completeness import Missing

_NAMED_AT_FIRST = 6
_MORE = "+"


class CompletenessBar(QWidget):
    """A thin bar of progress over the titles of the missing items.

    Signals:
        wanted: name of the field that the person chose from the list.
    """

    wanted = pyqtSignal(str)

    def __init__(self, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_completeness")
        self._language = language
        self._missing: list[Missing] = []
        self._all = False
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(max(4, self.fontMetrics().height() // 3))
        self._text = QLabel()
        self._text.setObjectName("originmap_completeness_text")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._text.linkActivated.connect(self._follow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height() // 4)
        layout.addWidget(self._progress)
        layout.addWidget(self._text)

    def show_missing(self, missing: Sequence[Missing], whole: int, to_submit: bool) -> None:
        """Show what is missing.

        Args:
            missing: in the order of the form.
            whole: how many items a record of this product needs.
            to_submit: the record still has to be submitted.
        """
        self._to_submit = to_submit
        self._missing = list(missing)
        self._progress.setRange(0, max(whole, len(missing), 1))
        self._progress.setValue(self._progress.maximum() - len(missing))
        self._write()

    def _write(self) -> None:
        count, translate = len(self._missing), QCoreApplication.translate
        if not count:
            self._all = False
            whole, ready = translate("originmap", "Complete."), translate("originmap", "Complete: it can be submitted.")
            self._text.setText(escape(ready if self._to_submit else whole))
            return
        head = QCoreApplication.translate("originmap", "{number} missing:").format(number=count)
        named = self._missing if self._all else self._missing[:_NAMED_AT_FIRST]
        links = [self._link(item.field or item.rule_id, item.title or item.sentence(self._language)) for item in named]
        if len(named) < count:
            more = QCoreApplication.translate("originmap", "{number} more").format(number=count - len(named))
            links.append(self._link(_MORE, more))
        self._text.setText(f"{escape(head)} {('、' if self._language == 'zh' else ', ').join(links)}")

    @staticmethod
    def _link(target: str, title: str) -> str:
        return f'<a href="{escape(target)}">{escape(title)}</a>'

    def _follow(self, target: str) -> None:
        if target == _MORE:
            self._all = True
            self._write()
        else:
            self.wanted.emit(target)
