"""Who acts on records, as the profile at this computer says."""

from __future__ import annotations

from ..core.review.person import Person
from ..core.review.process import Role
from .profile import Profile


def person_of(profile: Profile) -> Person:
    """The person that the review's rules judge."""
    roles = {role.value: role for role in Role}
    return Person(profile.name, profile.phone, roles.get(profile.review_role, Role.COLLECTOR), profile.area_code)
