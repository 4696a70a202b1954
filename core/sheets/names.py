"""Names of the sheets, columns and marks that our own workbooks carry, so that reading knows them again."""

from __future__ import annotations

TITLE = "重点农产品产地溯源信息采集表"

DATA_SHEET = "采集表"
GUIDE_SHEET = "填写说明"
FINDINGS_SHEET = "问题清单"
CHOICES_SHEET = "选项"
VERSION_SHEET = "_originmap"

# Sheets that we add beside the data; recognition passes over them.
OWN_SHEETS = frozenset({GUIDE_SHEET, FINDINGS_SHEET, CHOICES_SHEET, VERSION_SHEET})

# Columns that only explain; recognition passes over them without reporting them as unknown.
SOURCE_ROW_COLUMN = "原行号"
ROW_FINDINGS_COLUMN = "本行问题"
OWN_COLUMNS = frozenset({SOURCE_ROW_COLUMN, ROW_FINDINGS_COLUMN})

VERSION_PROPERTY = "OriginMapStandard"
COMMENT_AUTHOR = "产地一张图"
