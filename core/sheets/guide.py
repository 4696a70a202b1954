"""What each column of the collection sheet asks for, in words: for the explanation sheet and the input prompts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Union

from ..standard.model import Field, SheetField, Standard
from . import workbook_style as style
from .table_rows import DATUM_FIELD, UID_FIELD

_DIVISION = {"zh": "按行政区划的全称填写。", "en": "The division's full name."}
_PHONE = {"zh": "11 位手机号或带区号的固定电话，多个用“、”隔开。", "en": "Mobile or landline with area code."}
_COORDINATE = {
    "zh": "十进制度，小数 5 位以上；也可写度分秒。没有坐标可以不填，之后在现场或影像上定位。",
    "en": "Decimal degrees with five or more decimals, or degrees, minutes, seconds. May stay empty.",
}
_LIST = {"zh": "从下拉列表中选择。", "en": "Choose from the list."}
_HELP: Mapping[str, Mapping[str, str]] = {
    "serial": {"zh": "从 1 开始编号，可以不填。", "en": "Counts from 1; may stay empty."},
    "longitude": _COORDINATE,
    "latitude": _COORDINATE,
    DATUM_FIELD: {
        "zh": "坐标从哪里来：GPS 选 WGS84，高德、腾讯地图选 GCJ-02，百度地图选 BD-09，不填按 CGCS2000。",
        "en": "WGS84 for GPS, GCJ-02 for Amap and Tencent, BD-09 for Baidu; CGCS2000 where empty.",
    },
    "province": _DIVISION,
    "city": _DIVISION,
    "county": _DIVISION,
    "township": _DIVISION,
    "village": _DIVISION,
    "producer_name": {
        "zh": "有营业执照的填执照上的名称，农户填户主姓名。",
        "en": "As on the licence, or the household's head.",
    },
    "credit_code": {
        "zh": "18 位，没有可以不填。不要填身份证号。",
        "en": "18 characters, may stay empty. No identity card.",
    },
    "industry": {"zh": "与产品一致，从下拉列表中选择。", "en": "That of the product."},
    "alias": {"zh": "当地的叫法，没有可以不填。", "en": "What it is called locally."},
    "site_name": {"zh": "一个主体有几处基地的，每处填一行。", "en": "One row for each site of a producer."},
    "site_address": {"zh": "写到村民小组或门牌，便于核对点位。", "en": "Down to the house or hamlet."},
    "contact_name": {"zh": "能联系到的负责人姓名。", "en": "Who can be reached."},
    "contact_phone": _PHONE,
    "scale": {
        "zh": "只填数字，单位填在“单位”列。种植和水产填亩，牛、羊、猪填头数，鸡填只数。",
        "en": "The number alone: mu for crops and fish, head for cattle, sheep and pigs, birds for poultry.",
    },
    "transplanted_on": {"zh": "种植业填写，按 2026-03-05 这样填。", "en": "Crops only, as 2026-03-05."},
    "market_start": {
        "zh": "填日期，也可写“5月中旬”，按该旬第一天计。",
        "en": "A day, or a ten-day period such as 5月中旬.",
    },
    "market_end": {"zh": "填日期，也可写“7月上旬”，按该旬最后一天计；可跨年。", "en": "A day, or a ten-day period."},
    "officer_name": {"zh": "负责该基地的乡镇监管员或村级协管员。", "en": "Who looks after the site."},
    "officer_phone": _PHONE,
    "collector_name": {"zh": "采集本行信息的人。", "en": "Who collected this row."},
    "collector_phone": _PHONE,
    "collected_on": {"zh": "按 2026-04-20 这样填。", "en": "As 2026-04-20."},
    "remark": {"zh": "其他需要说明的情况。", "en": "Anything else."},
}
_EXAMPLES: Mapping[str, str] = {"serial": "1", "longitude": "109.690508", "latitude": "19.912025", DATUM_FIELD: "WGS84"}
_INDUSTRIES = {"crop": "种植业", "livestock": "畜牧业", "aquatic": "渔业"}
_SEVERAL = {"zh": "可多选，用“、”隔开。", "en": "Several may be named, parted by 、."}


@dataclass(frozen=True)
class Explanation:
    """One column in words; ``choices`` is empty where anything may be written."""

    name: str
    title: str
    required: str
    help: str
    choices: tuple[str, ...]
    example: str


def explanations(standard: Standard, language: str) -> tuple[Explanation, ...]:
    """All columns of the sheet but the hidden uid, in their order."""
    return tuple(_explain(field, standard, language) for field in standard.annex() if field.name != UID_FIELD)


def _explain(field: Union[Field, SheetField], standard: Standard, language: str) -> Explanation:
    own = _HELP.get(field.name, {})
    text = own.get(language, "")
    choices: tuple[str, ...] = ()
    example = _EXAMPLES.get(field.name, "")
    if isinstance(field, Field):
        described = field.description if language == "zh" else field.description_en
        text = text or described
        choices = tuple(choice.title for choice in standard.choices(field.name))
        example = example or field.example
        if choices and not text:
            text = "" if field.several else _LIST[language]
        if field.several:
            text = f"{text}{_SEVERAL[language]}"
    return Explanation(field.name, field.title, _required(field, language), text, choices, example)


def _required(field: Union[Field, SheetField], language: str) -> str:
    if not isinstance(field, Field) or field.required_at is None:
        return {"zh": "选填", "en": "optional"}[language]
    if not style.is_required(field):
        industries = "、".join(_INDUSTRIES[code] for code in field.industries)
        return f"{industries}必填" if language == "zh" else f"for {', '.join(field.industries)}"
    return {"zh": "必填", "en": "required"}[language]


def prompt(explanation: Explanation, language: str) -> str:
    """The message that shows when a cell of the column is chosen; at most 255 characters, as Excel allows."""
    parts = [explanation.required, explanation.help]
    if explanation.choices and len("、".join(explanation.choices)) <= 120:
        parts.append(("可选：" if language == "zh" else "Choices: ") + "、".join(explanation.choices))
    if explanation.example:
        parts.append(("例：" if language == "zh" else "Example: ") + explanation.example)
    return "\n".join(part for part in parts if part)[:255]
