<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_Hans" sourcelanguage="en">
 <context>
  <name>originmap</name>
  <message>
   <source>Register</source>
   <translation>档案库</translation>
  </message>
  <message>
   <source>Georeference</source>
   <translation>批量定位</translation>
  </message>
  <message>
   <source>Coordinates</source>
   <translation>坐标</translation>
  </message>
  <message>
   <source>Map</source>
   <translation>一张图</translation>
  </message>
  <message>
   <source>Convert coordinates (GCJ-02, BD-09)</source>
   <translation>坐标转换（GCJ-02、BD-09）</translation>
  </message>
  <message>
   <source>Moves points between CGCS2000 or WGS84 and the coordinates of Chinese map services: GCJ-02 (Amap, Tencent) and BD-09 (Baidu).

The layer may hold points or multipoints, with Z and M, in any coordinate reference system: plane coordinates are first turned into degrees. The output is in degrees; shifted coordinates are stored under WGS 84, since no reference system exists for them.

The result agrees with the services to about a metre: treat it as approximate. Points outside China are not shifted by the services, and not here; they are counted. Features without a geometry are kept and counted.

Layers in Xian 1980 or Beijing 1954 are refused: their parameters are state secrets.</source>
   <translation>在 CGCS2000（或 WGS84）与国内地图服务坐标之间转换点位：GCJ-02（高德、腾讯）和 BD-09（百度）。

图层可以是点或多点，可带 Z、M 值，坐标系不限：平面坐标先化为经纬度。结果为经纬度；偏移后的坐标没有对应的坐标系，以 WGS 84 存放。

转换结果与各服务相差约一米，请视为近似。境外的点各服务不作偏移，这里也不偏移，只计数。没有几何的要素照样保留并计数。

西安80、北京54 坐标的图层不予转换：其转换参数属国家秘密。</translation>
  </message>
  <message>
   <source>GCJ-02 (Amap, Tencent)</source>
   <translation>GCJ-02（高德、腾讯）</translation>
  </message>
  <message>
   <source>BD-09 (Baidu)</source>
   <translation>BD-09（百度）</translation>
  </message>
  <message>
   <source>Point layer</source>
   <translation>点图层</translation>
  </message>
  <message>
   <source>The coordinates are in</source>
   <translation>现用坐标系</translation>
  </message>
  <message>
   <source>Convert to</source>
   <translation>转换为</translation>
  </message>
  <message>
   <source>Converted points</source>
   <translation>转换后的点</translation>
  </message>
  <message>
   <source>Features converted</source>
   <translation>已转换要素数</translation>
  </message>
  <message>
   <source>Features without a geometry</source>
   <translation>无几何要素数</translation>
  </message>
  <message>
   <source>Points outside China, not shifted</source>
   <translation>境外未偏移点数</translation>
  </message>
  <message>
   <source>{converted} features converted, {without} without a geometry</source>
   <translation>已转换 {converted} 个要素，{without} 个没有几何</translation>
  </message>
  <message>
   <source>{count} points lie outside China and were not shifted</source>
   <translation>有 {count} 个点在境外，未作偏移</translation>
  </message>
  <message>
   <source>Create register</source>
   <translation>新建档案库</translation>
  </message>
  <message>
   <source>Makes an empty register: one GeoPackage that holds the records, their history, the imports, the county's divisions and its own standard. It opens with its form and rules in any QGIS, and on the phone.

The county is given by its six-digit division code or its name. Where the code is not in the national list, give the county's name too; province and city may stand before it, parted by spaces.</source>
   <translation>新建一个空的档案库：一个 GeoPackage 文件，存放采集记录及其历史、导入批次、本县行政区划和本地执行标准。在任何 QGIS 里打开都带有表单和规则，手机上也一样。

县可以填六位行政区划代码或名称。代码不在全国名录里时，请同时填写县名，前面可加省、市名，用空格隔开。</translation>
  </message>
  <message>
   <source>County (division code or name)</source>
   <translation>县（行政区划代码或名称）</translation>
  </message>
  <message>
   <source>Name of a county that is not in the national list</source>
   <translation>名录之外的县名</translation>
  </message>
  <message>
   <source>Replace a file that is there</source>
   <translation>覆盖已有文件</translation>
  </message>
  <message>
   <source>GeoPackage (*.gpkg)</source>
   <translation>GeoPackage (*.gpkg)</translation>
  </message>
  <message>
   <source>Division code</source>
   <translation>行政区划代码</translation>
  </message>
  <message>
   <source>Register of {county} ({code}): {path}</source>
   <translation>{county}（{code}）的档案库：{path}</translation>
  </message>
  <message>
   <source>Distribution map</source>
   <translation>分布图</translation>
  </message>
  <message>
   <source>Prints the register's points on a sheet of paper: symbol and colour say the product, size says the scale in multiples of the threshold, hollow symbols stand at approximate places. A map that is published needs a map review number.</source>
   <translation>把档案库里的点位绘在一张纸上：图形和颜色表示产品，大小表示规模为采集标准的多少倍，空心表示近似点位。公开发表的地图须有审图号。</translation>
  </message>
  <message>
   <source>A4 landscape</source>
   <translation>A4 横向</translation>
  </message>
  <message>
   <source>A4 portrait</source>
   <translation>A4 纵向</translation>
  </message>
  <message>
   <source>A3 landscape</source>
   <translation>A3 横向</translation>
  </message>
  <message>
   <source>A3 portrait</source>
   <translation>A3 纵向</translation>
  </message>
  <message>
   <source>The map shows all of Hainan island: it needs an inset of the South China Sea islands.</source>
   <translation>图上有完整的海南岛，须加南海诸岛附图。</translation>
  </message>
  <message>
   <source>The register has no division of that code.</source>
   <translation>档案库里没有这个代码的行政区划。</translation>
  </message>
  <message>
   <source>Title (empty: made from the conditions)</source>
   <translation>标题（不填则按查询条件生成）</translation>
  </message>
  <message>
   <source>Paper</source>
   <translation>纸张</translation>
  </message>
  <message>
   <source>Source of the data</source>
   <translation>资料来源</translation>
  </message>
  <message>
   <source>Made by</source>
   <translation>制图单位（人）</translation>
  </message>
  <message>
   <source>Map review number</source>
   <translation>审图号</translation>
  </message>
  <message>
   <source>Footer: for internal work, not for publication</source>
   <translation>注明“内部工作用图，不得公开发表”</translation>
  </message>
  <message>
   <source>Dots per inch</source>
   <translation>分辨率（DPI）</translation>
  </message>
  <message>
   <source>Map as PDF</source>
   <translation>地图 PDF</translation>
  </message>
  <message>
   <source>Map as picture</source>
   <translation>地图图片</translation>
  </message>
  <message>
   <source>Records on the map</source>
   <translation>图上记录数</translation>
  </message>
  <message>
   <source>Export one table</source>
   <translation>导出一张表</translation>
  </message>
  <message>
   <source>Writes the chosen records as a collection sheet (annex 1), XLSX or CSV, which can be corrected and imported again: a hidden column says which record each row is. Names and phones are masked unless you say otherwise; an export in full needs its purpose, which is noted in the register.</source>
   <translation>把选定的记录写成采集表（附件1）格式的 XLSX 或 CSV，改正后可以再导入：隐藏的一列记着每行是哪条记录。姓名和电话默认隐去；要完整导出须说明用途，并在档案库里留下记录。</translation>
  </message>
  <message>
   <source>{count} records written.</source>
   <translation>已写出 {count} 条记录。</translation>
  </message>
  <message>
   <source>Names and phones are masked.</source>
   <translation>姓名和电话已隐去。</translation>
  </message>
  <message>
   <source>Mask names and phones</source>
   <translation>隐去姓名和电话</translation>
  </message>
  <message>
   <source>Purpose of an export in full</source>
   <translation>完整导出的用途</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>表格</translation>
  </message>
  <message>
   <source>Excel workbook (*.xlsx);;CSV (*.csv)</source>
   <translation>Excel 工作簿 (*.xlsx);;CSV (*.csv)</translation>
  </message>
  <message>
   <source>Records written</source>
   <translation>写出记录数</translation>
  </message>
  <message>
   <source>Georeference table</source>
   <translation>导入采集表并定位</translation>
  </message>
  <message>
   <source>Brings a workbook of producers (XLSX, XLSM, XLS, ODS, CSV, TXT) into the register. The header is found by itself; every row is checked against the data standard and ends as new, updated, unchanged or refused. A row without coordinates is no error: it waits for its point. Refused rows come back in the findings workbook, a copy of your file with the faulty cells coloured and explained; correct it and import it again, and only what changed is taken. If anything goes wrong, the register stays as it was.</source>
   <translation>把采集表（XLSX、XLSM、XLS、ODS、CSV、TXT）导入档案库。表头自动识别；每一行都按数据标准检查，结果为新增、更新、未变或退回。没有坐标的行不算错误，记为待补点。退回的行写在问题清单工作簿里，它是原表的副本，有问题的单元格着色并注明原因；改正后再导入，只取有变化的内容。中途出错或取消，档案库保持原样。</translation>
  </message>
  <message>
   <source>Only try it: nothing is written into the register</source>
   <translation>只试算，不写入档案库</translation>
  </message>
  <message>
   <source>{sheet}, row {row}: {text}</source>
   <translation>“{sheet}”第 {row} 行：{text}</translation>
  </message>
  <message>
   <source>… and {count} more errors; all are in the findings.</source>
   <translation>……另有 {count} 处错误，都在问题清单里。</translation>
  </message>
  <message>
   <source>{count} more remarks are not listed.</source>
   <translation>另有 {count} 条提醒未列出。</translation>
  </message>
  <message>
   <source>Rows</source>
   <translation>数据行</translation>
  </message>
  <message>
   <source>New</source>
   <translation>新增</translation>
  </message>
  <message>
   <source>Updated</source>
   <translation>更新</translation>
  </message>
  <message>
   <source>Unchanged</source>
   <translation>未变</translation>
  </message>
  <message>
   <source>Refused</source>
   <translation>退回</translation>
  </message>
  <message>
   <source>Waiting for a point</source>
   <translation>待补点</translation>
  </message>
  <message>
   <source>Approximate points</source>
   <translation>近似点位</translation>
  </message>
  <message>
   <source>Kept with errors</source>
   <translation>带问题存为草稿</translation>
  </message>
  <message>
   <source>Titles, notes and totals</source>
   <translation>标题、说明和合计行</translation>
  </message>
  <message>
   <source>As the workbook says, else CGCS2000</source>
   <translation>按表中注明，未注明按 CGCS2000</translation>
  </message>
  <message>
   <source>Central meridian of eastings without a zone (degrees)</source>
   <translation>无带号横坐标的中央子午线（度）</translation>
  </message>
  <message>
   <source>refuse them; they come back in the findings workbook</source>
   <translation>退回，写在问题清单工作簿里</translation>
  </message>
  <message>
   <source>keep them as drafts, faulty cells empty</source>
   <translation>存为草稿，有问题的单元格留空</translation>
  </message>
  <message>
   <source>draw them at the division's centre, marked as approximate</source>
   <translation>落在所属行政区划中心，标为近似</translation>
  </message>
  <message>
   <source>leave them without a point</source>
   <translation>不落点</translation>
  </message>
  <message>
   <source>Columns mapped by hand: give a field and a header in each row.</source>
   <translation>手工对应的列：每行请填一个字段和一个表头。</translation>
  </message>
  <message>
   <source>Workbook</source>
   <translation>采集表</translation>
  </message>
  <message>
   <source>Findings workbook</source>
   <translation>问题清单工作簿</translation>
  </message>
  <message>
   <source>Excel workbook (*.xlsx);;Excel workbook with macros (*.xlsm)</source>
   <translation>Excel 工作簿 (*.xlsx);;启用宏的 Excel 工作簿 (*.xlsm)</translation>
  </message>
  <message>
   <source>Records of this import</source>
   <translation>本次导入的记录</translation>
  </message>
  <message>
   <source>Findings</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>Sheet (empty: all visible ones with a header)</source>
   <translation>工作表（不填为所有有表头的可见工作表）</translation>
  </message>
  <message>
   <source>Datum of the coordinates</source>
   <translation>坐标系</translation>
  </message>
  <message>
   <source>County code (empty: the register's own)</source>
   <translation>县代码（不填为档案库所属县）</translation>
  </message>
  <message>
   <source>Rows with errors</source>
   <translation>有错误的行</translation>
  </message>
  <message>
   <source>Rows with an address alone</source>
   <translation>只有地址的行</translation>
  </message>
  <message>
   <source>Columns mapped by hand</source>
   <translation>手工对应的列</translation>
  </message>
  <message>
   <source>Who imports</source>
   <translation>导入人</translation>
  </message>
  <message>
   <source>Field</source>
   <translation>字段</translation>
  </message>
  <message>
   <source>Header in the workbook</source>
   <translation>表中的表头</translation>
  </message>
  <message>
   <source>Load boundaries and village list</source>
   <translation>载入行政界线和村名录</translation>
  </message>
  <message>
   <source>Takes the county's official outlines (any vector layer with a division code and a name) and its own village list (a table or points) into the register. With them a point knows its township, the map has its lines, and an address is found down to the village.

Outlines are reprojected to CGCS2000 and made valid; layers in Xian 1980 or Beijing 1954 are refused, since their parameters are state secrets. A code that is there already is replaced. What is refused is listed with the reason; the rest is loaded.</source>
   <translation>把本县的正式界线（任何带代码和名称的矢量图层）和村名录（表格或点）载入档案库。有了界线，点位就知道所在乡镇，地图上有界线，地址能匹配到村。

界线会转为 CGCS2000 并修正几何；西安80、北京54 坐标的图层不予载入，其转换参数属国家秘密。代码已有的予以替换。退回的逐条列出原因，其余照常载入。</translation>
  </message>
  <message>
   <source>Provinces</source>
   <translation>省</translation>
  </message>
  <message>
   <source>Cities</source>
   <translation>市</translation>
  </message>
  <message>
   <source>Counties</source>
   <translation>县</translation>
  </message>
  <message>
   <source>Townships</source>
   <translation>乡镇</translation>
  </message>
  <message>
   <source>Villages</source>
   <translation>村</translation>
  </message>
  <message>
   <source>Outlines</source>
   <translation>界线图层</translation>
  </message>
  <message>
   <source>Code field</source>
   <translation>代码字段</translation>
  </message>
  <message>
   <source>Name field</source>
   <translation>名称字段</translation>
  </message>
  <message>
   <source>Level field</source>
   <translation>级别字段</translation>
  </message>
  <message>
   <source>Village list</source>
   <translation>村名录</translation>
  </message>
  <message>
   <source>Village code field</source>
   <translation>村代码字段</translation>
  </message>
  <message>
   <source>Village name field</source>
   <translation>村名字段</translation>
  </message>
  <message>
   <source>Longitude field</source>
   <translation>经度字段</translation>
  </message>
  <message>
   <source>Latitude field</source>
   <translation>纬度字段</translation>
  </message>
  <message>
   <source>Alias field</source>
   <translation>别名字段</translation>
  </message>
  <message>
   <source>Divisions loaded</source>
   <translation>载入个数</translation>
  </message>
  <message>
   <source>Divisions replaced</source>
   <translation>替换个数</translation>
  </message>
  <message>
   <source>Rows refused</source>
   <translation>退回行数</translation>
  </message>
  <message>
   <source>Reasons of refusal</source>
   <translation>退回原因</translation>
  </message>
  <message>
   <source>Give outlines, a village list, or both.</source>
   <translation>请给出界线图层或村名录，也可两者都给。</translation>
  </message>
  <message>
   <source>Say which fields hold the code and the name.</source>
   <translation>请指定代码字段和名称字段。</translation>
  </message>
  <message>
   <source>Feature {number}: {sentence}</source>
   <translation>第 {number} 个要素：{sentence}</translation>
  </message>
  <message>
   <source>{count} features were joined with another of the same code</source>
   <translation>有 {count} 个要素已并入同代码的要素</translation>
  </message>
  <message>
   <source>{level}: {new} new, {replaced} replaced</source>
   <translation>{level}：新增 {new}，替换 {replaced}</translation>
  </message>
  <message>
   <source>Make collection workbook</source>
   <translation>生成采集表模板</translation>
  </message>
  <message>
   <source>Makes an empty collection sheet (annex 1) with drop-downs, prompts and a sheet that explains each column. With a register, its county, townships and the county's own lists are offered in the drop-downs.</source>
   <translation>生成空白采集表（附件1），带下拉选项、填写提示和逐列说明。指定档案库时，下拉选项包括本县、各乡镇和本地选项。</translation>
  </message>
  <message>
   <source>Excel workbook (*.xlsx)</source>
   <translation>Excel 工作簿 (*.xlsx)</translation>
  </message>
  <message>
   <source>Origin Map</source>
   <translation>产地一张图</translation>
  </message>
  <message>
   <source>month {number}</source>
   <translation>{number} 月</translation>
  </message>
  <message>
   <source>Division codes (6, 9 or 12 digits; empty: all)</source>
   <translation>行政区划代码（6、9 或 12 位，可填多个；不填为全部）</translation>
  </message>
  <message>
   <source>multiples of the threshold</source>
   <translation>采集标准的倍数</translation>
  </message>
  <message>
   <source>Products (none: all)</source>
   <translation>产品（不选为全部）</translation>
  </message>
  <message>
   <source>States (none: all but ended)</source>
   <translation>状态（不选为除已终止外的全部）</translation>
  </message>
  <message>
   <source>Industries</source>
   <translation>行业</translation>
  </message>
  <message>
   <source>Kinds of producer</source>
   <translation>主体类型</translation>
  </message>
  <message>
   <source>Certifications</source>
   <translation>产品认证类型</translation>
  </message>
  <message>
   <source>Means of tracing</source>
   <translation>追溯方式</translation>
  </message>
  <message>
   <source>Modes of production</source>
   <translation>生产方式</translation>
  </message>
  <message>
   <source>Verification</source>
   <translation>核实情况</translation>
  </message>
  <message>
   <source>Quality of the point</source>
   <translation>点位精度</translation>
  </message>
  <message>
   <source>Scale from</source>
   <translation>规模不小于</translation>
  </message>
  <message>
   <source>Scale below</source>
   <translation>规模小于</translation>
  </message>
  <message>
   <source>Scale in</source>
   <translation>规模按</translation>
  </message>
  <message>
   <source>On the market in</source>
   <translation>上市月份</translation>
  </message>
  <message>
   <source>On the market from (YYYY-MM-DD)</source>
   <translation>在此日之后上市（年-月-日）</translation>
  </message>
  <message>
   <source>On the market until (YYYY-MM-DD)</source>
   <translation>在此日之前上市（年-月-日）</translation>
  </message>
  <message>
   <source>Collected from (YYYY-MM-DD)</source>
   <translation>采集日期起（年-月-日）</translation>
  </message>
  <message>
   <source>Collected until (YYYY-MM-DD)</source>
   <translation>采集日期止（年-月-日）</translation>
  </message>
  <message>
   <source>Cycles or years, such as 2026-06 or 2026</source>
   <translation>茬次、采集月份或年份，如 2026-06、2026</translation>
  </message>
  <message>
   <source>Credit grades</source>
   <translation>信用等级</translation>
  </message>
  <message>
   <source>Collectors</source>
   <translation>信息采集员</translation>
  </message>
  <message>
   <source>Words in names, places, phones, remarks</source>
   <translation>关键词（名称、地点、电话、备注）</translation>
  </message>
  <message>
   <source>Further condition (SQL)</source>
   <translation>其他条件（SQL）</translation>
  </message>
  <message>
   <source>Name of a saved query, on which the other conditions are laid</source>
   <translation>已保存的查询名称，其他条件叠加其上</translation>
  </message>
  <message>
   <source>not verified</source>
   <translation>未核实</translation>
  </message>
  <message>
   <source>Statistics</source>
   <translation>统计</translation>
  </message>
  <message>
   <source>Counts the records of a query by division, product, class of scale and month, as a workbook with charts and as a table. Totals add up; a producer with several records is counted once, and scales are added within one unit only. The calendar tells in which ten-day periods a product is on the market.</source>
   <translation>按行政区划、产品、规模和月份统计符合条件的记录，得到带图表的工作簿和表。合计等于各行相加；同一主体只计一次，规模只在同一单位内相加。上市日历说明各产品在哪些旬上市。</translation>
  </message>
  <message>
   <source>township</source>
   <translation>乡镇</translation>
  </message>
  <message>
   <source>village</source>
   <translation>村</translation>
  </message>
  <message>
   <source>county</source>
   <translation>县</translation>
  </message>
  <message>
   <source>coming on the market</source>
   <translation>按上市月份</translation>
  </message>
  <message>
   <source>of collection</source>
   <translation>按采集月份</translation>
  </message>
  <message>
   <source>Divisions by</source>
   <translation>统计到</translation>
  </message>
  <message>
   <source>Month</source>
   <translation>月份</translation>
  </message>
  <message>
   <source>Statistics as workbook</source>
   <translation>统计工作簿</translation>
  </message>
  <message>
   <source>Statistics as table</source>
   <translation>统计表</translation>
  </message>
  <message>
   <source>Calendar of ten-day periods</source>
   <translation>上市日历（按旬）</translation>
  </message>
  <message>
   <source>Records</source>
   <translation>记录数</translation>
  </message>
  <message>
   <source>Producers</source>
   <translation>主体数</translation>
  </message>
  <message>
   <source>Style the distribution</source>
   <translation>分布样式</translation>
  </message>
  <message>
   <source>Makes a styled layer of a query's records: symbols by product and scale, divisions coloured by records, producers or scale, density, pies of the products' scale on a grid, or hexagons and squares. It is loaded into the project and can be kept as a layer definition. Divisions, pies, density and symbols always show what the register holds; hexagons and squares are made anew each time.</source>
   <translation>按查询条件生成带样式的图层：产品和规模符号，按记录数、主体数或规模给行政区划分级设色，密度，网格饼图，六边形或方格。图层加入当前工程，也可存为图层定义文件。行政区划、饼图、密度、符号图层随档案库变化；六边形和方格是当时的结果。</translation>
  </message>
  <message>
   <source>symbols by product and scale</source>
   <translation>产品和规模符号</translation>
  </message>
  <message>
   <source>divisions by number</source>
   <translation>行政区划分级设色</translation>
  </message>
  <message>
   <source>density</source>
   <translation>密度（热力图）</translation>
  </message>
  <message>
   <source>pies on a grid</source>
   <translation>网格饼图</translation>
  </message>
  <message>
   <source>hexagons</source>
   <translation>六边形</translation>
  </message>
  <message>
   <source>squares</source>
   <translation>方格</translation>
  </message>
  <message>
   <source>symbols near, pies from far</source>
   <translation>近看符号、远看饼图</translation>
  </message>
  <message>
   <source>year on the market, for the temporal controller</source>
   <translation>全年上市（时态控制器播放）</translation>
  </message>
  <message>
   <source>records</source>
   <translation>记录数</translation>
  </message>
  <message>
   <source>producers</source>
   <translation>主体数</translation>
  </message>
  <message>
   <source>scale</source>
   <translation>规模</translation>
  </message>
  <message>
   <source>natural breaks (Jenks)</source>
   <translation>自然断点</translation>
  </message>
  <message>
   <source>equal count (quantile)</source>
   <translation>等数量</translation>
  </message>
  <message>
   <source>equal interval</source>
   <translation>等间距</translation>
  </message>
  <message>
   <source>round numbers</source>
   <translation>取整</translation>
  </message>
  <message>
   <source>Style</source>
   <translation>样式</translation>
  </message>
  <message>
   <source>Number</source>
   <translation>设色按</translation>
  </message>
  <message>
   <source>Classes by</source>
   <translation>分级方法</translation>
  </message>
  <message>
   <source>Number of classes</source>
   <translation>分级数</translation>
  </message>
  <message>
   <source>Width of cells (kilometres)</source>
   <translation>网格宽（千米）</translation>
  </message>
  <message>
   <source>Hexagons or squares</source>
   <translation>六边形或方格</translation>
  </message>
  <message>
   <source>Layer definition</source>
   <translation>图层定义文件</translation>
  </message>
  <message>
   <source>Records found</source>
   <translation>查到的记录数</translation>
  </message>
  <message>
   <source>Styled layer</source>
   <translation>带样式的图层</translation>
  </message>
 </context>
</TS>
