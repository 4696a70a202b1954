"""Producers, phones and records that are written twice: spellings of one producer, one phone for many."""

from __future__ import annotations

from typing import Callable

import numpy as np

from .county import Record
from .faults import Field, Groups, each_alone

_LOOKALIKES = dict(zip("源禾丰农社穗嘉瑞伟芳娜丽军洋", "原和峰浓杜稳佳端玮芬那莉君阳"))


def phone_of_many(field: Field) -> Groups:
    """The collector's own phone (or any one) typed for four to fifteen producers."""
    groups: Groups = []
    while sum(map(len, groups)) < field.each:
        chosen: list[Record] = []
        names: set[object] = set()
        for record in field.take(int(field.rng.integers(4, 16))):
            if record["producer_name"] not in names:
                names.add(record["producer_name"])
                chosen.append(record)
        if len(chosen) < 4:
            break
        own = field.rng.random() < 0.5
        phone = chosen[0]["collector_phone" if own else "contact_phone"]
        for record in chosen:
            record["contact_phone"] = phone
        groups += each_alone(chosen)
    return groups


def spelled(change: Callable[[str, np.random.Generator], str], keep: str) -> Callable[[Field], Groups]:
    """A further record of the same producer with another product, its name written in another way.

    ``keep`` is what still tells that it is the same: ``phone`` or ``code``.
    """

    def plant(field: Field) -> Groups:
        groups: Groups = []
        chosen = field.take(field.each, lambda record: bool(record["credit_code"]))
        for record in chosen:
            name = change(str(record["producer_name"]), field.rng)
            other = {**record, "producer_name": name, "site_name": "二号基地", "cycle": "2026-秋茬"}
            other.update(_another_product(record))
            if keep == "phone":
                other["credit_code"] = ""
            else:
                other["contact_phone"] = str(int(str(record["contact_phone"])) + 1)
            other["point"] = field.around(record["point"], float(field.rng.uniform(20, 60)))  # type: ignore[arg-type]
            added = field.add(other)
            groups.append(frozenset({str(record["uid"]), str(added["uid"])}))
        return groups

    return plant


def _another_product(record: Record) -> Record:
    code = {"cowpea": "chinese_chive", "pig": "meat_sheep"}.get(str(record["variety"]), "cowpea")
    if code == "meat_sheep":
        return {"variety": code, "scale": 90.0, "cycle": "2026-06"}
    return {
        "variety": code, "industry": "crop", "unit": "mu", "scale": 4.0, "facility": "", "scale_basis": "",
        "production_mode": "protected", "transplanted_on": "2026-02-25", "market_start": "2026-04-25",
        "market_end": "2026-06-10", "cycle": "2026-春茬",
    }  # fmt: skip


def brackets(name: str, rng: np.random.Generator) -> str:
    return name.replace("示例县", ("(示例县)", "（示例县）", "示例县 ")[int(rng.integers(3))], 1)


def short_form(name: str, rng: np.random.Generator) -> str:
    """The name as people say it: without county, or without 专业, 发展, 有限, 责任."""
    for long, short in (("专业合作社", "合作社"), ("有限公司", "公司"), ("家庭农场", "农场")):
        name = name.replace(long, short)
    return name.replace("示例县", "") if rng.random() < 0.5 else name


def longer_form(name: str, rng: np.random.Generator) -> str:
    for short, long in (("有限公司", "有限责任公司"), ("专业合作社", "农民专业合作社"), ("农场", "农场有限公司")):
        name = name.replace(short, long)
    return name


def lookalike(name: str, rng: np.random.Generator) -> str:
    """One sign of the name mistaken for one that sounds or looks alike, left out or doubled."""
    places = [i for i, sign in enumerate(name) if sign in _LOOKALIKES]
    if places and rng.random() < 0.7:
        at = places[int(rng.integers(len(places)))]
        return name[:at] + _LOOKALIKES[name[at]] + name[at + 1 :]
    at = int(rng.integers(3, len(name) - 5))
    return name[:at] + name[at + 1 :] if rng.random() < 0.5 else name[:at] + name[at] + name[at:]


def entered_twice(change: Callable[[Field, Record], Record], fits: Callable[[Record], bool] = bool) -> Callable:
    """The same field entered a second time, by another person or from another sheet."""

    def plant(field: Field) -> Groups:
        groups: Groups = []
        for record in field.take(field.each, fits):
            other = {**record, **change(field, record), "status": "submitted"}
            added = field.add(other)
            groups.append(frozenset({str(record["uid"]), str(added["uid"])}))
        return groups

    return plant


def word_for_word(field: Field, record: Record) -> Record:
    return {"import_id": 900}


def beside(field: Field, record: Record) -> Record:
    """The same producer and product, the point taken again some metres off, the size a little different."""
    size = float(str(record["scale"])) * float(field.rng.uniform(0.9, 1.1))
    return {
        "point": field.around(record["point"], float(field.rng.uniform(1, 40))),  # type: ignore[arg-type]
        "scale": round(size, 1) if record["unit"] == "mu" else float(round(size)),
        "import_id": 901,
    }  # fmt: skip


def beside_respelled(field: Field, record: Record) -> Record:
    change = (brackets, short_form, longer_form, lookalike)[int(field.rng.integers(4))]
    return {**beside(field, record), "producer_name": change(str(record["producer_name"]), field.rng)}


def person_mistyped(field: Field, record: Record) -> Record:
    """A household: another sign for one of the name, the same phone."""
    name = str(record["producer_name"])
    return {**beside(field, record), "producer_name": name[:-1] + "佰"}
