"""Processing algorithm that prints the field sheet: a list of records to take along for verifying."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from ..core.register.paper_lists import PaperList
from .paperlists import PaperListAlgorithm


class FieldSheet(PaperListAlgorithm):
    """Prints a list to take along."""

    NAME = "fieldsheet"
    TAGS = ("field", "verify", "list", "print", "pdf", "核实表", "现场核实", "外业", "打印")
    KIND = PaperList.FIELD_SHEET

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Field sheet")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Prints the records of a query as a list by village to take along for verifying, with room to tick and to "
            "write. Names and phones of people are masked, households' names among them, unless you say otherwise; a "
            "list in full needs its purpose, which is noted in the register.",
        )

    def file_title(self) -> str:
        """What the PDF is called among the parameters."""
        return QCoreApplication.translate("originmap", "Field sheet as PDF")

    def count_title(self) -> str:
        """What is counted."""
        return QCoreApplication.translate("originmap", "Records")
