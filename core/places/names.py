"""The names under which people write a division: short names, former level words, words left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

from .address import normalise


class NameRank(IntEnum):
    """How far a written name is from the official one; the smaller, the surer."""

    OFFICIAL = 0
    KNOWN = 1
    OTHER_LEVEL_WORD = 2
    BARE = 3


_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|"
    "土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|"
    "鄂伦春|赫哲|门巴|珞巴|基诺"
)
_AUTONOMOUS = re.compile(
    rf"(?P<stem>.{{2,}}?)(?:各族|(?:(?:{_PEOPLES})族)+|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)?自治(?P<word>[州县旗])"
)
_ETHNIC_TOWNSHIP = re.compile(rf"(?P<stem>.{{2,}}?)(?:(?:{_PEOPLES})族|民族)+[乡镇]")
_PROVINCE_WORD = re.compile(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)$")
_CITY_WORDS = ("市", "地区", "州", "盟")
_COUNTY_WORDS = ("县", "市", "区")
_ZONE_ENDINGS = ("新区", "园区", "管理区", "示范区", "试验区", "开发区")
_TOWNSHIP_WORD = re.compile(r"(?:街道办事处|街道办|街道|办事处|镇|乡|苏木)$")
_TOWNSHIP_WORDS = ("镇", "乡", "街道", "街道办事处", "街道办", "办事处", "镇人民政府", "乡人民政府", "镇政府", "乡政府")
_STATE_FARM = re.compile(r"^(?:地方)?(?:国营|国有)")
_ZONE_SHORT = (
    (re.compile(r"高新(?:技术)?(?:产业)?(?:开发区|园区)$"), ("高新区", "高新技术开发区", "高新技术产业开发区")),
    (re.compile(r"经济技术开发区$"), ("经开区", "经济开发区", "经济技术开发区")),
    (re.compile(r"经济开发区$"), ("经开区", "经济开发区", "经济技术开发区")),
)
_COMMITTEE = re.compile(
    r"(?:村民委员会|居民委员会|牧民委员会|渔民委员会|村委会|居委会|渔委会|委员会|村民会|村会|村委员|村委|居委)+$"
)
VILLAGE_WORD = re.compile(
    r"(?:(?:行政村|村|社区|居)?(?:村民委员会|居民委员会|村委会|居委会|管委会|委员会|村民委|居民委|村委|居委|委会)|行政村|村|社区)?"
)

Names = Iterator[tuple[str, NameRank]]


def _shortened(official: str, stem: str, words: tuple[str, ...]) -> Names:
    if len(stem) < 2:
        return
    for word in words:
        if stem + word != official:
            yield stem + word, NameRank.OTHER_LEVEL_WORD
    yield stem, NameRank.BARE


def _autonomous(name: str) -> tuple[str, str]:
    found = _AUTONOMOUS.fullmatch(name)
    return (found.group("stem"), found.group("word")) if found else ("", "")


def province_names(name: str) -> Names:
    """``广西壮族自治区`` → itself, ``广西``, ``广西省``, ``广西自治区``."""
    stem = _PROVINCE_WORD.sub("", name)
    yield name, NameRank.OFFICIAL
    yield stem, NameRank.BARE
    for word in ("省", "自治区"):
        yield stem + word, NameRank.KNOWN


def city_names(name: str) -> Names:
    """``恩施土家族苗族自治州`` → itself, ``恩施州``, ``恩施市``, ``恩施地区``, ``恩施``."""
    yield name, NameRank.OFFICIAL
    stem, word = _autonomous(name)
    if stem:
        yield stem + word, NameRank.KNOWN
        yield stem + "自治" + word, NameRank.KNOWN
    else:
        stem = re.sub(r"(?:市|地区|盟)$", "", name)
    yield from _shortened(name, stem, _CITY_WORDS)


def county_names(name: str, prefixes: tuple[str, ...] = ()) -> Names:
    """``琼中黎族苗族自治县`` → itself, ``琼中县``, ``琼中市``, ``琼中`` …; zones without their city's name."""
    yield name, NameRank.OFFICIAL
    stem, word = _autonomous(name)
    if stem:
        yield stem + word, NameRank.KNOWN
        yield stem + "自治" + word, NameRank.KNOWN
    for pattern, short in _ZONE_SHORT:
        if pattern.search(name):
            head = pattern.sub("", name)
            place = without_prefixes(head, prefixes)
            yield from ((head + end, NameRank.KNOWN) for end in short)
            yield from ((place + end, NameRank.KNOWN) for end in short)
            return
    if not stem and name[-1] in "县市区" and not name.endswith(_ZONE_ENDINGS):
        stem = name[:-1]
    yield from _shortened(name, stem, _COUNTY_WORDS)


def township_stem(name: str) -> str:
    """The name of a township without the word of its level; this is what the gazetteer's name index holds."""
    found = _ETHNIC_TOWNSHIP.fullmatch(name)
    stem = found.group("stem") if found else _TOWNSHIP_WORD.sub("", name)
    return stem if len(stem) >= 2 else name


def township_names(name: str, prefixes: tuple[str, ...] = ()) -> Names:
    """``濛阳街道`` → itself, ``濛阳街道办事处``, ``濛阳镇``, ``濛阳乡``, ``濛阳`` …; farms with and without 国营."""
    plain = normalise(name).text or name
    yield plain, NameRank.OFFICIAL
    local = without_prefixes(plain, prefixes)
    if local != plain and len(local) > 2:
        yield local, NameRank.KNOWN
    farm = _STATE_FARM.sub("", local)
    if farm != local or local.endswith(("农场", "林场", "茶场", "牧场")):
        yield from ((start + farm, NameRank.KNOWN) for start in ("", "国营", "国有"))
    if _ETHNIC_TOWNSHIP.fullmatch(plain):
        yield township_stem(plain) + "民族乡", NameRank.KNOWN
    if plain.endswith("街道"):
        yield from ((plain + word, NameRank.KNOWN) for word in ("办事处", "办"))
    if _TOWNSHIP_WORD.search(local):
        yield from _shortened(plain, township_stem(local), _TOWNSHIP_WORDS)


def village_base(name: str, prefixes: tuple[str, ...] = ()) -> str:
    """The name of a village without its committee: ``乌石村村委会`` → ``乌石村``, ``青葛村委会`` → ``青葛村``."""
    plain = without_prefixes(normalise(name).text or name, prefixes)
    committee = _COMMITTEE.search(plain)
    base = plain[: committee.start()] if committee else plain
    if committee and not base.endswith(("村", "社区")) or len(base) < 2:
        base += "社区" if committee and committee.group(0).startswith("居") else "村"
    return base


def village_stem(base: str) -> str:
    """``乌石村`` → ``乌石``, ``义和社区`` → ``义和``; what would leave one sign stays whole (``新村``)."""
    stem = re.sub(r"(?:行政村|村|社区)$", "", base)
    return stem if len(stem) >= 2 else base


def short_seat(stem: str) -> str:
    """``龙华镇`` → ``龙华``: the community at a township's seat is often called after it without the level word."""
    return stem[:-1] if len(stem) > 2 and stem[-1] in "镇乡" else stem


def without_prefixes(name: str, prefixes: tuple[str, ...]) -> str:
    """A name without the names of the divisions above that were written into it."""
    for _ in prefixes:
        for prefix in prefixes:
            rest = name[len(prefix) :]
            if prefix and name.startswith(prefix) and len(rest) > 1 and not rest.startswith(("社区", "村民", "居民")):
                name = rest
    return name
