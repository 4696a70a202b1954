"""Where the sample register stands, and making it there."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Optional

from qgis.PyQt.QtCore import QCoreApplication

from ...core.register.sample import COUNTY, copy_aerial, make_sample
from ...core.standard.progress import Progress
from ..profile import Profile
from ..work import Job
from .register_place import ENDING, folder_of, free_place, make_folder


class Sample(NamedTuple):
    """What was made: the register, and the aerial picture beside it where the plugin carries one."""

    register: Path
    aerial: Optional[Path]


def sample_place(profile: Profile) -> Path:
    """Where the sample is, or will be: a folder of its own, so that its picture and evidence lie apart."""
    folder = QCoreApplication.translate("originmap", "Origin Map sample")
    return folder_of(profile) / folder / f"{COUNTY.name}{ENDING}"


def sample_again(profile: Profile) -> Path:
    """Where a further sample goes, beside the one that is there."""
    return free_place(sample_place(profile))


def sample_job(place: Path, by: str) -> Job:
    """The work of making it; gives a :class:`Sample`."""

    def make(progress: Progress) -> Sample:
        make_folder(place.parent)
        make_sample(place, by, progress)
        return Sample(place, copy_aerial(place.parent))

    return make
