"""Twenty-odd real addresses of the pilot provinces, with invented producers, for a sheet that has no coordinates.

Township and village names are the public ones of the National Bureau of Statistics' list of 2023.
"""

from __future__ import annotations

from datetime import date

from .people import People
from .rows import Row

# address, code of the division that it names; the last two name places that stand in many counties or in none
REAL_ADDRESSES = (
    ("海南省琼海市长坡镇青葛村委会", "469002109203"),
    ("海南省澄迈县福山镇敦茶村委会", "469023108202"),
    ("海南省三亚市崖州区城西村委会", "460205198203"),
    ("海南省陵水县英州镇", "469028103"),
    ("临高县皇桐镇头文村委会头文村12号", "469024104201"),
    ("广西北海市合浦县石湾镇清水村", "450521110209"),
    ("广西壮族自治区百色市田阳区那坡镇尚兴村", "451003101213"),
    ("广西南宁市隆安县那桐镇浪湾村那弄屯", "450123103202"),
    ("横县校椅镇石井村", "450181113206"),
    ("广东省湛江市徐闻县前山镇甲村村", "440825105202"),
    ("广东省湛江市雷州市乌石镇乌石村", "440882115212"),
    ("广东省茂名市电白区博贺镇", "440904125"),
    ("东莞市石碣镇水南村", "441900101201"),
    ("福建省  泉州市　安溪县／龙门镇·金狮村", "350524107205"),
    ("福建省漳州市漳浦县旧镇镇", "350623101"),
    ("云南省玉溪市元江县澧江街道", "530428002"),
    ("云南省红河州建水县南庄镇", "532524105"),
    ("四川省成都市彭州市濛阳镇义和社区", "510182003005"),
    ("四川省攀枝花市米易县攀莲镇", "510421100"),
    ("四川省凉山州西昌市安宁镇", "513401102"),
    ("太平镇太平村委会", ""),
    ("示例县石湾镇", "999901101"),
)


def address_rows(people: People) -> list[Row]:
    """One cowpea record for each address."""
    officer, collector = people.officer("乡镇监管员"), people.officer("信息采集员")
    rows = []
    for number, (address, code) in enumerate(REAL_ADDRESSES, start=1):
        phone = people.phone()
        name = f"示例豇豆种植户{number:02d}"
        cells = {
            "collected_on": date(2026, 4, 20), "producer_name": name, "producer_type": "农户",
            "industry": "种植业", "variety": "豇豆", "alias": "", "certification": "无", "site_name": "",
            "site_address": address, "contact_name": f"示例{number:02d}", "contact_phone": phone,
            "scale": 2 + number, "unit": "亩", "cycle": "2026-春茬", "transplanted_on": date(2026, 3, 1),
            "market_start": "2026-04-20", "market_end": "2026-06-20", "production_mode": "露地",
            "traceability": "合格证", "credit_grade": "未评级", "officer_name": officer.name,
            "officer_phone": officer.phone, "collector_name": collector.name, "collector_phone": collector.phone,
            "remark": "",
        }  # fmt: skip
        rows.append(
            Row(cells, name, "cowpea", 2.0 + number, date(2026, 4, 20), date(2026, 6, 20), None, None,
                planted="" if code else "ambiguous address", extra={"division_code": code})
        )
    return rows
