"""The empty collection sheet of the open register: where it is proposed, and making it there."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

from ...core.register.locality import locality_of
from ...core.register.register import Register
from ...core.sheets.template import write_template
from ...core.standard.progress import Progress
from ..profile import Profile
from ..work import Job
from .register_place import folder_of

_ENDING = ".xlsx"


def template_place(profile: Profile, county: str) -> Path:
    """The file that is proposed."""
    name = QCoreApplication.translate("originmap", "{county} collection sheet").format(county=county)
    return folder_of(profile) / f"{name}{_ENDING}"


def template_job(register: Path, target: Path, language: str) -> Job:
    """The work of writing it; gives the file."""
    target = target if target.suffix.lower() == _ENDING else target.with_name(target.name + _ENDING)

    def write(progress: Progress) -> Path:
        with Register.open(register, read_only=True) as opened:
            standard, locality = opened.standard(), locality_of(opened)
        write_template(target, standard, locality, language)
        return target

    return write
