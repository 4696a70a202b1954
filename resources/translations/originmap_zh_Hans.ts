<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_Hans" sourcelanguage="en">
 <context>
  <name>originmap</name>
  <message>
   <source>Township, village or county; empty for all</source>
   <translation>乡镇、村或县；不填为全部</translation>
  </message>
  <message>
   <source>Basemaps</source>
   <translation>底图</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Tianditu</source>
   <translation>天地图</translation>
  </message>
  <message>
   <source>Online map</source>
   <translation>网络地图</translation>
  </message>
  <message>
   <source>Own image</source>
   <translation>本机影像</translation>
  </message>
  <message>
   <source>On the map</source>
   <translation>已在图上</translation>
  </message>
  <message>
   <source>Points placed on a shifted basemap are converted. Correct a datum that is wrong.</source>
   <translation>在有偏移的底图上标的点会自动换算。坐标系不对的请改正。</translation>
  </message>
  <message>
   <source>There is no basemap on the map yet. Add one on another tab.</source>
   <translation>图上还没有底图，请在其他页添加。</translation>
  </message>
  <message>
   <source>The key is kept encrypted in QGIS on this computer; it is in no project and no register.</source>
   <translation>密钥加密保存在本机的 QGIS 中，不写入工程，也不写入档案库。</translation>
  </message>
  <message>
   <source>Tianditu key (Origin Map)</source>
   <translation>天地图密钥（产地一张图）</translation>
  </message>
  <message>
   <source>QGIS's authentication database is switched off, so no key can be kept.</source>
   <translation>QGIS 的认证数据库已停用，无法保存密钥。</translation>
  </message>
  <message>
   <source>QGIS may ask for its master password: the one that you gave it before.</source>
   <translation>QGIS 可能会询问主密码，请输入以前设定的主密码。</translation>
  </message>
  <message>
   <source>QGIS will ask you to think of a master password, which locks the kept keys. Note it down; if it is lost, the key has to be pasted again.</source>
   <translation>QGIS 接下来会请您设定一个主密码，用来锁住保存的密钥。请记下这个主密码；忘记后需要重新粘贴密钥。</translation>
  </message>
  <message>
   <source>The Tianditu basemap stays empty until its key is unlocked: QGIS asks for its master password.</source>
   <translation>天地图底图需要解锁密钥后才能显示，QGIS 会询问主密码。</translation>
  </message>
  <message>
   <source>The Tianditu basemap needs a key.</source>
   <translation>天地图底图需要密钥才能显示。</translation>
  </message>
  <message>
   <source>Unlock</source>
   <translation>解锁</translation>
  </message>
  <message>
   <source>Basemaps…</source>
   <translation>底图…</translation>
  </message>
  <message>
   <source>The image does not say its coordinate system. Choose the one it was delivered in; whoever made it knows.</source>
   <translation>影像没有坐标参照系信息。请选择交付时使用的坐标参照系，不清楚时请询问制作单位。</translation>
  </message>
  <message>
   <source>Show it</source>
   <translation>查看</translation>
  </message>
  <message>
   <source>Coordinate system of the image: {crs}</source>
   <translation>影像的坐标参照系：{crs}</translation>
  </message>
  <message>
   <source>Choose an image</source>
   <translation>选择影像</translation>
  </message>
  <message>
   <source>Georeferenced images (*.tif *.tiff *.mbtiles *.jp2 *.img *.vrt)</source>
   <translation>带坐标的影像 (*.tif *.tiff *.mbtiles *.jp2 *.img *.vrt)</translation>
  </message>
  <message>
   <source>Please choose</source>
   <translation>请选择</translation>
  </message>
  <message>
   <source>Add to the map</source>
   <translation>添加到地图</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>文件(&amp;F)</translation>
  </message>
  <message>
   <source>&amp;CRS</source>
   <translation>坐标参照系(&amp;C)</translation>
  </message>
  <message>
   <source>Da&amp;tum</source>
   <translation>坐标基准(&amp;T)</translation>
  </message>
  <message>
   <source>Opening the image…</source>
   <translation>正在打开影像…</translation>
  </message>
  <message>
   <source>Open an image</source>
   <translation>打开影像</translation>
  </message>
  <message>
   <source>An aerial photograph or a downloaded map (GeoTIFF, MBTiles); works offline.</source>
   <translation>航拍影像或下载好的地图（GeoTIFF、MBTiles），不联网也能用。</translation>
  </message>
  <message>
   <source>{title} is on the map.</source>
   <translation>“{title}”已添加到地图。</translation>
  </message>
  <message>
   <source>The address carries a key (“{name}”). It will be saved in the project, and whoever gets the project can read it.</source>
   <translation>地址中带有密钥（“{name}”），会随工程保存，拿到工程的人都能看到。</translation>
  </message>
  <message>
   <source>Test the address</source>
   <translation>测试地址</translation>
  </message>
  <message>
   <source>A&amp;ddress</source>
   <translation>地址(&amp;D)</translation>
  </message>
  <message>
   <source>&amp;Layer</source>
   <translation>图层(&amp;L)</translation>
  </message>
  <message>
   <source>&amp;Name</source>
   <translation>名称(&amp;N)</translation>
  </message>
  <message>
   <source>Asking the server…</source>
   <translation>正在连接服务器…</translation>
  </message>
  <message>
   <source>The address of tiles (XYZ), or of a WMTS service.</source>
   <translation>填写瓦片（XYZ）地址，或 WMTS 服务地址。</translation>
  </message>
  <message>
   <source>The address works.</source>
   <translation>地址可用。</translation>
  </message>
  <message>
   <source>{count} layers. Choose one.</source>
   <translation>共 {count} 个图层，请选择一个。</translation>
  </message>
  <message>
   <source>In {datum} everything lies some hundred metres aside. A point placed on it is converted and counts as approximate.</source>
   <translation>{datum} 底图上的地物偏移数百米。在上面标的点会自动换算，按“大致位置”记。</translation>
  </message>
  <message>
   <source>Which datum is it in? Whoever provides it knows. Please choose.</source>
   <translation>请选择底图的坐标基准（有无偏移），不清楚时请询问提供者。</translation>
  </message>
  <message>
   <source>Its pictures are where the ground is. Points can be placed on it exactly.</source>
   <translation>底图没有偏移，可以准确标点。</translation>
  </message>
  <message>
   <source>CGCS2000 (national, as Tianditu)</source>
   <translation>CGCS2000（国家 2000，天地图）</translation>
  </message>
  <message>
   <source>WGS84 (GPS), not shifted</source>
   <translation>WGS84（GPS），无偏移</translation>
  </message>
  <message>
   <source>GCJ-02 (Amap, Tencent), shifted</source>
   <translation>GCJ-02（高德、腾讯），有偏移</translation>
  </message>
  <message>
   <source>BD-09 (Baidu), shifted</source>
   <translation>BD-09（百度），有偏移</translation>
  </message>
  <message>
   <source>Datum of the basemap</source>
   <translation>底图的坐标基准</translation>
  </message>
  <message>
   <source>Imagery with names</source>
   <translation>影像和注记</translation>
  </message>
  <message>
   <source>Map with names</source>
   <translation>矢量地图和注记</translation>
  </message>
  <message>
   <source>Tianditu key</source>
   <translation>天地图密钥</translation>
  </message>
  <message>
   <source>Test the key</source>
   <translation>测试密钥</translation>
  </message>
  <message>
   <source>Forget the key</source>
   <translation>删除密钥</translation>
  </message>
  <message>
   <source>&amp;Key</source>
   <translation>密钥(&amp;K)</translation>
  </message>
  <message>
   <source>Asking Tianditu…</source>
   <translation>正在连接天地图…</translation>
  </message>
  <message>
   <source>The key is no longer kept on this computer.</source>
   <translation>本机已不再保存密钥。</translation>
  </message>
  <message>
   <source>A key is kept; paste another to replace it</source>
   <translation>已保存密钥；粘贴新密钥可替换</translation>
  </message>
  <message>
   <source>Paste the 32 letters and digits here</source>
   <translation>在此粘贴 32 位字母和数字</translation>
  </message>
  <message>
   <source>The key works.</source>
   <translation>密钥可用。</translation>
  </message>
  <message>
   <source>The national imagery, in the datum of the register. It needs a free key: {link}.</source>
   <translation>国家地理信息公共服务平台的影像，坐标系与档案库一致。需要免费密钥：{link}。</translation>
  </message>
  <message>
   <source>apply for one (kind 浏览器端)</source>
   <translation>去申请（类型选“浏览器端”）</translation>
  </message>
  <message>
   <source>Show on the map</source>
   <translation>在地图上查看</translation>
  </message>
  <message>
   <source>Official boundaries and village list</source>
   <translation>行政区划边界与村名录</translation>
  </message>
  <message>
   <source>Boundaries</source>
   <translation>区划边界</translation>
  </message>
  <message>
   <source>Village list</source>
   <translation>村名录</translation>
  </message>
  <message>
   <source>replaces the one there</source>
   <translation>替换已有的</translation>
  </message>
  <message>
   <source>new</source>
   <translation>新增</translation>
  </message>
  <message>
   <source>What the source holds</source>
   <translation>文件内容</translation>
  </message>
  <message>
   <source>row {number}: {sentence}</source>
   <translation>第 {number} 行：{sentence}</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>代码</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>What becomes of it</source>
   <translation>载入结果</translation>
  </message>
  <message>
   <source>The coordinates are metres. Ask whoever made the file for the projection and the central meridian.</source>
   <translation>坐标以米为单位。请向提供数据的单位问清投影和中央经线。</translation>
  </message>
  <message>
   <source>The file does not say its coordinate reference system; please choose it.</source>
   <translation>文件没有注明坐标系，请选择。</translation>
  </message>
  <message>
   <source>Looking for layers</source>
   <translation>查找图层</translation>
  </message>
  <message>
   <source>File with the outlines</source>
   <translation>边界文件</translation>
  </message>
  <message>
   <source>The coordinates are degrees. Official data of recent years is in CGCS2000: EPSG:4490.</source>
   <translation>坐标是经纬度。近年的官方数据一般为 2000 国家大地坐标系：EPSG:4490。</translation>
  </message>
  <message>
   <source>Outlines (a layer of the project, or a file)</source>
   <translation>边界图层（工程中的图层或文件）</translation>
  </message>
  <message>
   <source>Coordinate reference system</source>
   <translation>坐标系</translation>
  </message>
  <message>
   <source>Choose a file with the outlines: Shapefile, GeoPackage, GeoJSON, KML or zip.</source>
   <translation>请选择边界文件：Shapefile、GeoPackage、GeoJSON、KML 或 zip 压缩包。</translation>
  </message>
  <message>
   <source>Say which fields hold the code and the name.</source>
   <translation>请指定代码字段和名称字段。</translation>
  </message>
  <message>
   <source>Choose a file…</source>
   <translation>选择文件…</translation>
  </message>
  <message>
   <source>Field with the division code</source>
   <translation>区划代码字段</translation>
  </message>
  <message>
   <source>Field with the name</source>
   <translation>名称字段</translation>
  </message>
  <message>
   <source>Map layers ({endings})</source>
   <translation>地图图层 ({endings})</translation>
  </message>
  <message>
   <source>Loading divisions</source>
   <translation>载入行政区划</translation>
  </message>
  <message>
   <source>Looking at divisions</source>
   <translation>检查行政区划</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>Load into the register</source>
   <translation>载入档案库</translation>
  </message>
  <message>
   <source>Looking at the source …</source>
   <translation>正在检查文件内容…</translation>
  </message>
  <message>
   <source>Say which columns hold the code and the name.</source>
   <translation>请指定代码列和名称列。</translation>
  </message>
  <message>
   <source>Opening the list</source>
   <translation>打开村名录</translation>
  </message>
  <message>
   <source>Workbooks (*.xlsx *.xlsm *.xls *.ods *.csv *.txt)</source>
   <translation>表格文件 (*.xlsx *.xlsm *.xls *.ods *.csv *.txt)</translation>
  </message>
  <message>
   <source>Sheet</source>
   <translation>工作表</translation>
  </message>
  <message>
   <source>Choose the county's list of villages (Excel, WPS, CSV or a map layer of points): a twelve-digit code and a name in each row; longitude and latitude of the village where they are known.</source>
   <translation>请选择本县的村名录（Excel、WPS、CSV 文件或点图层）：每行一个村，有十二位区划代码和名称；知道的写上村的经纬度。</translation>
  </message>
  <message>
   <source>Column with the division code</source>
   <translation>区划代码列</translation>
  </message>
  <message>
   <source>Column with the name</source>
   <translation>名称列</translation>
  </message>
  <message>
   <source>Longitude (degrees, may be missing)</source>
   <translation>经度（度，可没有）</translation>
  </message>
  <message>
   <source>Latitude (degrees, may be missing)</source>
   <translation>纬度（度，可没有）</translation>
  </message>
  <message>
   <source>Other names (may be missing)</source>
   <translation>别名（可没有）</translation>
  </message>
  <message>
   <source>Village lists ({endings})</source>
   <translation>村名录 ({endings})</translation>
  </message>
  <message>
   <source>provinces: {count}</source>
   <translation>省 {count} 个</translation>
  </message>
  <message>
   <source>cities: {count}</source>
   <translation>市 {count} 个</translation>
  </message>
  <message>
   <source>counties: {count}</source>
   <translation>县 {count} 个</translation>
  </message>
  <message>
   <source>townships: {count}</source>
   <translation>乡镇 {count} 个</translation>
  </message>
  <message>
   <source>villages: {count}</source>
   <translation>村 {count} 个</translation>
  </message>
  <message>
   <source>Loaded {divisions} – {new} new, {replaced} replaced.</source>
   <translation>已载入：{divisions}（新增 {new} 个，替换 {replaced} 个）。</translation>
  </message>
  <message>
   <source>, </source>
   <translation>，</translation>
  </message>
  <message>
   <source>Nothing here can be loaded.</source>
   <translation>没有可以载入的内容。</translation>
  </message>
  <message>
   <source>{divisions} – {new} new, {replaced} replaced.</source>
   <translation>{divisions}（新增 {new} 个，替换 {replaced} 个）。</translation>
  </message>
  <message>
   <source>{count} rows are refused, see the list.</source>
   <translation>有 {count} 行不能载入，原因见列表。</translation>
  </message>
  <message>
   <source>{count} rows of other counties are left out.</source>
   <translation>另有 {count} 行属于其他县，不载入。</translation>
  </message>
  <message>
   <source>Save draft</source>
   <translation>暂存草稿</translation>
  </message>
  <message>
   <source>Save changes</source>
   <translation>保存修改</translation>
  </message>
  <message>
   <source>Keep it in the register as it is (Ctrl+S)</source>
   <translation>按现在的内容存入档案库（Ctrl+S）</translation>
  </message>
  <message>
   <source>Submit</source>
   <translation>提交</translation>
  </message>
  <message>
   <source>Hand it in and go on to the next point (Ctrl+Enter)</source>
   <translation>提交后接着采下一个点（Ctrl+Enter）</translation>
  </message>
  <message>
   <source>Next point</source>
   <translation>下一个点</translation>
  </message>
  <message>
   <source>More</source>
   <translation>更多</translation>
  </message>
  <message>
   <source>Same producer, next site</source>
   <translation>同一主体的下一个基地</translation>
  </message>
  <message>
   <source>Same site, next cycle</source>
   <translation>同一基地的下一茬（月）</translation>
  </message>
  <message>
   <source>The site has ended…</source>
   <translation>基地终止…</translation>
  </message>
  <message>
   <source>Take the site up again</source>
   <translation>恢复采集</translation>
  </message>
  <message>
   <source>Throw away what was typed…</source>
   <translation>放弃未保存的内容…</translation>
  </message>
  <message>
   <source>Undo: {title}</source>
   <translation>撤销：{title}</translation>
  </message>
  <message>
   <source>Reading what the checks need</source>
   <translation>读取检查所需的资料</translation>
  </message>
  <message>
   <source>Complete.</source>
   <translation>已填齐。</translation>
  </message>
  <message>
   <source>Complete: it can be submitted.</source>
   <translation>已填齐，可以提交。</translation>
  </message>
  <message>
   <source>{number} missing:</source>
   <translation>还缺 {number} 项：</translation>
  </message>
  <message>
   <source>{number} more</source>
   <translation>另有 {number} 项</translation>
  </message>
  <message>
   <source>Open it</source>
   <translation>打开</translation>
  </message>
  <message>
   <source>Save or throw away what is typed first, then end the site.</source>
   <translation>请先保存或放弃未保存的内容，再终止基地。</translation>
  </message>
  <message>
   <source>Ended: {name}</source>
   <translation>终止：{name}</translation>
  </message>
  <message>
   <source>Taken up again: {name}</source>
   <translation>恢复采集：{name}</translation>
  </message>
  <message>
   <source>Someone else is writing to the register. It is saved as soon as the file is free.</source>
   <translation>档案库正被他人写入，空出后自动保存，填写的内容不会丢失。</translation>
  </message>
  <message>
   <source>Nothing has changed since it was saved.</source>
   <translation>保存后没有新的改动。</translation>
  </message>
  <message>
   <source>There is nothing to undo.</source>
   <translation>没有可以撤销的操作。</translation>
  </message>
  <message>
   <source>Submitted: {name}</source>
   <translation>已提交：{name}</translation>
  </message>
  <message>
   <source>Undone: {title}</source>
   <translation>已撤销：{title}</translation>
  </message>
  <message>
   <source>Saved: {title}</source>
   <translation>已保存：{title}</translation>
  </message>
  <message>
   <source>Such as: no longer grown, land given back, moved away</source>
   <translation>如：不再种植、土地退还、已搬迁</translation>
  </message>
  <message>
   <source>Note that it ended</source>
   <translation>确认终止</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Day</source>
   <translation>日期</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>原因</translation>
  </message>
  <message>
   <source>The record stays in the register with the day and reason.</source>
   <translation>记录仍保留在档案库中，并注明终止日期和原因。</translation>
  </message>
  <message>
   <source>record without a producer</source>
   <translation>未填主体的记录</translation>
  </message>
  <message>
   <source>Change {name}</source>
   <translation>修改 {name}</translation>
  </message>
  <message>
   <source>Submit {name}</source>
   <translation>提交 {name}</translation>
  </message>
  <message>
   <source>New draft {name}</source>
   <translation>新建草稿 {name}</translation>
  </message>
  <message>
   <source>Keep this value for the next record</source>
   <translation>固定此项，下一条沿用</translation>
  </message>
  <message>
   <source>✓ Settled: {text}</source>
   <translation>✓ 已修改：{text}</translation>
  </message>
  <message>
   <source>Reviewer: {text}</source>
   <translation>审核批注：{text}</translation>
  </message>
  <message>
   <source>Go on with it</source>
   <translation>接着填写</translation>
  </message>
  <message>
   <source>Throw it away</source>
   <translation>放弃</translation>
  </message>
  <message>
   <source>Not saved yet: {what}, typed {at}</source>
   <translation>有未保存的内容：{what}，填写于 {at}</translation>
  </message>
  <message>
   <source>({number} more)</source>
   <translation>（另有 {number} 条）</translation>
  </message>
  <message>
   <source>Choose what is grown or kept; then click on the map where the site is.</source>
   <translation>先选产品，再在地图上点击基地所在的位置。</translation>
  </message>
  <message>
   <source>Open a register on the start page first.</source>
   <translation>请先在“开始”页打开档案库。</translation>
  </message>
  <message>
   <source>Click on the map where the site is, or give its place in another way.</source>
   <translation>请在地图上点击基地所在的位置，也可用其他方式定位。</translation>
  </message>
  <message>
   <source>Submit the record</source>
   <translation>提交采集记录</translation>
  </message>
  <message>
   <source>Keep this field's value for the next record</source>
   <translation>固定当前项，下一条沿用</translation>
  </message>
  <message>
   <source>Move the point</source>
   <translation>移动点位</translation>
  </message>
  <message>
   <source>Move</source>
   <translation>移动</translation>
  </message>
  <message>
   <source>No point yet</source>
   <translation>还没有点位</translation>
  </message>
  <message>
   <source>Throw away what was typed for “{name}”? It cannot be brought back.</source>
   <translation>放弃“{name}”未保存的内容？放弃后不能找回。</translation>
  </message>
  <message>
   <source>Nothing was changed where the reviewer asked for it: {items}. Submit all the same?</source>
   <translation>批注提到的这些项还没有修改：{items}。仍然提交吗？</translation>
  </message>
  <message>
   <source>Keep it</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>Save anyway</source>
   <translation>仍然保存</translation>
  </message>
  <message>
   <source>Submit all the same</source>
   <translation>仍然提交</translation>
  </message>
  <message>
   <source>Go to the first</source>
   <translation>去修改</translation>
  </message>
  <message>
   <source>Go to the layer</source>
   <translation>转到该图层</translation>
  </message>
  <message>
   <source>Later</source>
   <translation>以后再说</translation>
  </message>
  <message>
   <source>Looking for returned records</source>
   <translation>查找退回的记录</translation>
  </message>
  <message>
   <source>Those of other collectors too ({number})</source>
   <translation>也列出其他采集员的（{number} 条）</translation>
  </message>
  <message>
   <source>{number} comments at its fields</source>
   <translation>有 {number} 处批注</translation>
  </message>
  <message>
   <source>Records that the reviewer returned to be mended</source>
   <translation>审核员退回、需要修改的记录</translation>
  </message>
  <message>
   <source>Returned records</source>
   <translation>退回的记录</translation>
  </message>
  <message>
   <source>{number} comments, {settled} settled:</source>
   <translation>批注 {number} 处，已修改 {settled} 处：</translation>
  </message>
  <message>
   <source>Returned by {name}</source>
   <translation>{name} 退回</translation>
  </message>
  <message>
   <source>Back to it</source>
   <translation>回去填写</translation>
  </message>
  <message>
   <source>Not submitted, still missing or wrong: {items} and {count} more.</source>
   <translation>没有提交，未填或有误：{items}等，另有 {count} 项。</translation>
  </message>
  <message>
   <source>What was typed for “{name}” is kept, but not in the register yet.</source>
   <translation>“{name}”填写的内容已留存，尚未存入档案库。</translation>
  </message>
  <message>
   <source>New record, not saved yet</source>
   <translation>新记录，尚未保存</translation>
  </message>
  <message>
   <source>not submitted yet</source>
   <translation>尚未提交</translation>
  </message>
  <message>
   <source>changes are saved as long as nothing is missing</source>
   <translation>可以修改，但各项须保持完整</translation>
  </message>
  <message>
   <source>a change of what was reviewed hands it in again</source>
   <translation>修改审核过的内容后需重新审核</translation>
  </message>
  <message>
   <source>mend it and submit it again</source>
   <translation>请修改后重新提交</translation>
  </message>
  <message>
   <source>Not submitted, still missing or wrong: {items}.</source>
   <translation>没有提交，未填或有误：{items}。</translation>
  </message>
  <message>
   <source>{topic}, {number} missing</source>
   <translation>{topic}，缺 {number} 项</translation>
  </message>
  <message>
   <source>Change product</source>
   <translation>换产品</translation>
  </message>
  <message>
   <source>Point</source>
   <translation>点位</translation>
  </message>
  <message>
   <source>Whole record</source>
   <translation>整条记录</translation>
  </message>
  <message>
   <source>not stated</source>
   <translation>未署名</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>打开</translation>
  </message>
  <message>
   <source>Deleted records</source>
   <translation>已删除的记录</translation>
  </message>
  <message>
   <source>No record was deleted. Only drafts can be deleted; what was submitted once stays in the register.</source>
   <translation>没有删除过记录。只有草稿可以删除，提交过的记录会一直保留在档案库里。</translation>
  </message>
  <message>
   <source>deleted {at}</source>
   <translation>{at} 删除</translation>
  </message>
  <message>
   <source>Changed</source>
   <translation>修改</translation>
  </message>
  <message>
   <source>(empty)</source>
   <translation>（未填）</translation>
  </message>
  <message>
   <source>Draft deleted</source>
   <translation>删除草稿</translation>
  </message>
  <message>
   <source>Changed by an import</source>
   <translation>导入更新</translation>
  </message>
  <message>
   <source>Changed outside the panel, or without a name</source>
   <translation>未署名的修改</translation>
  </message>
  <message>
   <source>point set</source>
   <translation>标上点位</translation>
  </message>
  <message>
   <source>point taken away</source>
   <translation>去掉点位</translation>
  </message>
  <message>
   <source>Came by an import</source>
   <translation>导入建档</translation>
  </message>
  <message>
   <source>New record</source>
   <translation>新建记录</translation>
  </message>
  <message>
   <source>Deadline</source>
   <translation>期限</translation>
  </message>
  <message>
   <source>moved by {distance}</source>
   <translation>移动了 {distance}</translation>
  </message>
  <message>
   <source>No difference from the record as it is now.</source>
   <translation>与现在的记录相同。</translation>
  </message>
  <message>
   <source>Then</source>
   <translation>当时</translation>
  </message>
  <message>
   <source>Now</source>
   <translation>现在</translation>
  </message>
  <message>
   <source>{distance} away</source>
   <translation>相距 {distance}</translation>
  </message>
  <message>
   <source>What the record held then</source>
   <translation>当时的内容</translation>
  </message>
  <message>
   <source>All fields</source>
   <translation>全部内容</translation>
  </message>
  <message>
   <source>Restore this version…</source>
   <translation>恢复到这个版本…</translation>
  </message>
  <message>
   <source>Looking for deleted records</source>
   <translation>查找已删除的记录</translation>
  </message>
  <message>
   <source>{number} items change back: {items}. What is there now stays in the history.</source>
   <translation>将改回 {number} 项：{items}。现在的内容仍保留在历史中。</translation>
  </message>
  <message>
   <source>Restoring a version</source>
   <translation>恢复旧版本</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>What happened to the record</source>
   <translation>记录的变更过程</translation>
  </message>
  <message>
   <source>Looking for them…</source>
   <translation>正在查找……</translation>
  </message>
  <message>
   <source>The record as it is now</source>
   <translation>现在的记录</translation>
  </message>
  <message>
   <source>Bring the record back as a draft?</source>
   <translation>把这条记录恢复为草稿吗？</translation>
  </message>
  <message>
   <source>Nothing that people read would change. Restore it all the same?</source>
   <translation>内容与现在相同。仍然恢复吗？</translation>
  </message>
  <message>
   <source>{number} items change back: {items} and others. What is there now stays in the history.</source>
   <translation>将改回 {number} 项：{items}等。现在的内容仍保留在历史中。</translation>
  </message>
  <message>
   <source>The record as of {at}</source>
   <translation>{at} 时的记录</translation>
  </message>
  <message>
   <source>Restore</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Leave it</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Restored: {name}</source>
   <translation>已恢复：{name}</translation>
  </message>
  <message>
   <source>The record before it was deleted {at}</source>
   <translation>{at} 删除前的记录</translation>
  </message>
  <message>
   <source>History</source>
   <translation>变更历史</translation>
  </message>
  <message>
   <source>What happened to this record, and its earlier versions</source>
   <translation>查看这条记录的变更过程和以前的版本</translation>
  </message>
  <message>
   <source>– not in the sheet –</source>
   <translation>—— 表里没有 ——</translation>
  </message>
  <message>
   <source>Columns that stand for no field and are not imported: {columns}</source>
   <translation>没有对应采集项、不导入的列：{columns}</translation>
  </message>
  <message>
   <source>Choose the columns below, else this sheet is left out.</source>
   <translation>请在下面指定对应的列，否则这张工作表不导入。</translation>
  </message>
  <message>
   <source>&amp;Sheet</source>
   <translation>工作表(&amp;S)</translation>
  </message>
  <message>
   <source>told by the zone in the numbers</source>
   <translation>按坐标里的带号判断</translation>
  </message>
  <message>
   <source>&amp;Datum of the coordinates</source>
   <translation>坐标的坐标系(&amp;D)</translation>
  </message>
  <message>
   <source>Central &amp;meridian of eastings without a zone (degrees)</source>
   <translation>不带带号的平面坐标的中央子午线，度(&amp;M)</translation>
  </message>
  <message>
   <source>Rows with &amp;errors</source>
   <translation>有错误的行(&amp;E)</translation>
  </message>
  <message>
   <source>Rows with an &amp;address alone</source>
   <translation>只有地址的行(&amp;A)</translation>
  </message>
  <message>
   <source>chosen by hand</source>
   <translation>手工指定</translation>
  </message>
  <message>
   <source>recognised</source>
   <translation>已识别</translation>
  </message>
  <message>
   <source>The central meridian must lie between {west}° and {east}°.</source>
   <translation>中央子午线应在 {west}° 到 {east}° 之间。</translation>
  </message>
  <message>
   <source>No column was found for: {fields}. </source>
   <translation>没有找到这些列：{fields}。</translation>
  </message>
  <message>
   <source>Every row will be a draft until this is filled in.</source>
   <translation>补填之前，每一行都只存为草稿。</translation>
  </message>
  <message>
   <source>Choose the columns below or keep rows with errors as drafts, else this sheet is left out.</source>
   <translation>请在下面指定对应的列，或把有错误的行存为草稿，否则这张工作表不导入。</translation>
  </message>
  <message>
   <source>The columns are chosen as you did for a workbook with the same headings.</source>
   <translation>已沿用您以前为相同表头指定的列。</translation>
  </message>
  <message>
   <source>As the workbook says, else CGCS2000</source>
   <translation>按表中注明，未注明按 CGCS2000</translation>
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
   <source>missing</source>
   <translation>缺少</translation>
  </message>
  <message>
   <source>As recognised instead</source>
   <translation>改用自动识别</translation>
  </message>
  <message>
   <source>Imported {rows} rows: {new} new + {updated} updated + {unchanged} unchanged + {refused} refused; {waiting} wait for a point.</source>
   <translation>已导入 {rows} 行：新增 {new} ＋ 更新 {updated} ＋ 未变 {unchanged} ＋ 退回 {refused}；待补点 {waiting}。</translation>
  </message>
  <message>
   <source>Sheet “{sheet}” was left out: {reason}</source>
   <translation>工作表“{sheet}”没有导入：{reason}</translation>
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
   <source>{sheet} (hidden)</source>
   <translation>{sheet}（隐藏）</translation>
  </message>
  <message>
   <source>Heading in row {row}; {known} of {all} columns recognised</source>
   <translation>表头在第 {row} 行，{all} 列中识别出 {known} 列</translation>
  </message>
  <message>
   <source>No heading was recognised in “{sheet}”. Click the number of the row that holds it; you say what the columns are in the next step.</source>
   <translation>工作表“{sheet}”里没有认出表头。请点击表头所在行的行号，下一步再指定各列。</translation>
  </message>
  <message>
   <source>over two rows</source>
   <translation>表头占两行</translation>
  </message>
  <message>
   <source>Sheets</source>
   <translation>工作表</translation>
  </message>
  <message>
   <source>First rows of the sheet</source>
   <translation>工作表的前几行</translation>
  </message>
  <message>
   <source>Another file…</source>
   <translation>换一个文件…</translation>
  </message>
  <message>
   <source>&amp;Heading in row</source>
   <translation>表头行(&amp;H)</translation>
  </message>
  <message>
   <source>Empty</source>
   <translation>空表</translation>
  </message>
  <message>
   <source>Explains the workbook; not imported</source>
   <translation>填写说明或问题清单，不导入</translation>
  </message>
  <message>
   <source>No heading was recognised</source>
   <translation>没有认出表头</translation>
  </message>
  <message>
   <source>What was found</source>
   <translation>识别结果</translation>
  </message>
  <message>
   <source>1 File and sheet</source>
   <translation>1 文件和工作表</translation>
  </message>
  <message>
   <source>2 Columns</source>
   <translation>2 对应列</translation>
  </message>
  <message>
   <source>3 Preview</source>
   <translation>3 预览</translation>
  </message>
  <message>
   <source>4 Check and import</source>
   <translation>4 核对并导入</translation>
  </message>
  <message>
   <source>5 Result</source>
   <translation>5 结果</translation>
  </message>
  <message>
   <source>&amp;Close</source>
   <translation>关闭(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Back</source>
   <translation>上一步(&amp;B)</translation>
  </message>
  <message>
   <source>&amp;Next</source>
   <translation>下一步(&amp;N)</translation>
  </message>
  <message>
   <source>&amp;Import</source>
   <translation>导入(&amp;I)</translation>
  </message>
  <message>
   <source>Row {row}: {text}</source>
   <translation>第 {row} 行：{text}</translation>
  </message>
  <message>
   <source>The first rows are being read …</source>
   <translation>正在读取前几行…</translation>
  </message>
  <message>
   <source>First rows as they would be read</source>
   <translation>前几行的读取结果</translation>
  </message>
  <message>
   <source>Findings</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>The sheet is left out: {reason}</source>
   <translation>这张工作表不导入：{reason}</translation>
  </message>
  <message>
   <source>Nothing was found in these rows.</source>
   <translation>这些行没有发现问题。</translation>
  </message>
  <message>
   <source>Of the first {count} rows {taken} would be taken</source>
   <translation>前 {count} 行中，收下 {taken} 行</translation>
  </message>
  <message>
   <source>{count} kept as drafts</source>
   <translation>存为草稿 {count} 行</translation>
  </message>
  <message>
   <source>{count} refused</source>
   <translation>退回 {count} 行</translation>
  </message>
  <message>
   <source>{count} are no data</source>
   <translation>非数据 {count} 行</translation>
  </message>
  <message>
   <source>Open the findings workbook</source>
   <translation>打开问题清单</translation>
  </message>
  <message>
   <source>Checking “{file}”</source>
   <translation>核对“{file}”</translation>
  </message>
  <message>
   <source>Importing “{file}”</source>
   <translation>导入“{file}”</translation>
  </message>
  <message>
   <source>Writing “{file}”</source>
   <translation>写出“{file}”</translation>
  </message>
  <message>
   <source>Go to the queue</source>
   <translation>转到补点队列</translation>
  </message>
  <message>
   <source>Save the findings workbook without importing…</source>
   <translation>先不导入，只保存问题清单…</translation>
  </message>
  <message>
   <source>The whole file was checked; nothing has been written yet. This is what the import would do:</source>
   <translation>整个文件已核对，还没有写入档案库。导入后的结果将是：</translation>
  </message>
  <message>
   <source>Reading the headings and the county's divisions …</source>
   <translation>正在识别表头、读取本县区划……</translation>
  </message>
  <message>
   <source>{done} rows are through; checking scales and writing the indexes …</source>
   <translation>{done} 行已处理，正在核对规模、建立索引……</translation>
  </message>
  <message>
   <source>Stopping …</source>
   <translation>正在停止…</translation>
  </message>
  <message>
   <source>There is nothing to import: no row is new or changed.</source>
   <translation>没有可导入的内容：没有新增或有变化的行。</translation>
  </message>
  <message>
   <source>The findings workbook was written: {file}</source>
   <translation>问题清单已写出：{file}</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>重试</translation>
  </message>
  <message>
   <source>{done} rows are imported; the findings workbook is being written …</source>
   <translation>{done} 行已导入，正在写问题清单……</translation>
  </message>
  <message>
   <source>{done} of {rows} rows</source>
   <translation>已处理 {done} 行，共 {rows} 行</translation>
  </message>
  <message>
   <source>{done} rows so far</source>
   <translation>已处理 {done} 行</translation>
  </message>
  <message>
   <source>Go to the &amp;queue</source>
   <translation>去补点(&amp;Q)</translation>
  </message>
  <message>
   <source>Import another workbook…</source>
   <translation>再导入一个采集表…</translation>
  </message>
  <message>
   <source>The workbook was imported into “{register}”.</source>
   <translation>采集表已导入“{register}”。</translation>
  </message>
  <message>
   <source>Findings workbook</source>
   <translation>问题清单工作簿</translation>
  </message>
  <message>
   <source>Show on the &amp;map</source>
   <translation>在地图上显示(&amp;M)</translation>
  </message>
  <message>
   <source>The findings workbook was written beside the file: {file}</source>
   <translation>问题清单已写在原文件旁边：{file}</translation>
  </message>
  <message>
   <source>Save the &amp;findings workbook…</source>
   <translation>保存问题清单(&amp;F)…</translation>
  </message>
  <message>
   <source>The import itself stands.</source>
   <translation>导入本身已经完成。</translation>
  </message>
  <message>
   <source>Open the &amp;findings workbook</source>
   <translation>打开问题清单(&amp;F)</translation>
  </message>
  <message>
   <source>No row has errors or warnings.</source>
   <translation>没有错误或警告。</translation>
  </message>
  <message>
   <source>Taken</source>
   <translation>收下</translation>
  </message>
  <message>
   <source>Kept as draft</source>
   <translation>存为草稿</translation>
  </message>
  <message>
   <source>No data</source>
   <translation>非数据</translation>
  </message>
  <message>
   <source>Would be</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>Import “{file}” into “{register}”</source>
   <translation>导入“{file}”到“{register}”</translation>
  </message>
  <message>
   <source>Choose a workbook</source>
   <translation>选择采集表</translation>
  </message>
  <message>
   <source>The rows are being imported. You can go on working; saving a record waits until it is through.</source>
   <translation>正在导入。您可以继续其他工作；这期间保存记录会等导入完成。</translation>
  </message>
  <message>
   <source>Excel workbook (*.xlsx);;Excel workbook with macros (*.xlsm)</source>
   <translation>Excel 工作簿 (*.xlsx);;启用宏的 Excel 工作簿 (*.xlsm)</translation>
  </message>
  <message>
   <source>Save the findings workbook</source>
   <translation>保存问题清单</translation>
  </message>
  <message>
   <source>The workbook is being read …</source>
   <translation>正在读取采集表…</translation>
  </message>
  <message>
   <source>Every row is being checked; nothing is written.</source>
   <translation>正在逐行核对，不写入档案库。</translation>
  </message>
  <message>
   <source>Stay here</source>
   <translation>留在这里</translation>
  </message>
  <message>
   <source>Stop it and close</source>
   <translation>停止并关闭</translation>
  </message>
  <message>
   <source>The import is under way. Stopped now, the register stays as it was.</source>
   <translation>正在导入。现在停止，档案库保持原样。</translation>
  </message>
  <message>
   <source>Reading “{file}”</source>
   <translation>读取“{file}”</translation>
  </message>
  <message>
   <source>Preview of “{file}”</source>
   <translation>预览“{file}”</translation>
  </message>
  <message>
   <source>The findings workbook is being written …</source>
   <translation>正在写出问题清单…</translation>
  </message>
  <message>
   <source>Go on in the background</source>
   <translation>转到后台继续</translation>
  </message>
  <message>
   <source>The file is still being checked.</source>
   <translation>文件还在核对中。</translation>
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
   <source>Origin map · {county}</source>
   <translation>产地一张图 · {county}</translation>
  </message>
  <message>
   <source>Origin Map</source>
   <translation>产地一张图</translation>
  </message>
  <message>
   <source>Words in names, places, phones, remarks</source>
   <translation>关键词（名称、地点、电话、备注）</translation>
  </message>
  <message>
   <source>Products</source>
   <translation>产品</translation>
  </message>
  <message>
   <source>Divisions</source>
   <translation>行政区划</translation>
  </message>
  <message>
   <source>Scale</source>
   <translation>规模</translation>
  </message>
  <message>
   <source>On the market</source>
   <translation>上市时间</translation>
  </message>
  <message>
   <source>Cycle and day of collection</source>
   <translation>茬次与采集日期</translation>
  </message>
  <message>
   <source>States (none: all but ended)</source>
   <translation>状态（不选为除已终止外的全部）</translation>
  </message>
  <message>
   <source>Quality of the point</source>
   <translation>点位精度</translation>
  </message>
  <message>
   <source>Verification</source>
   <translation>核实情况</translation>
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
   <source>Modes of production</source>
   <translation>生产方式</translation>
  </message>
  <message>
   <source>Means of tracing</source>
   <translation>追溯方式</translation>
  </message>
  <message>
   <source>Credit grades</source>
   <translation>信用等级</translation>
  </message>
  <message>
   <source>Industries</source>
   <translation>行业</translation>
  </message>
  <message>
   <source>Collectors</source>
   <translation>信息采集员</translation>
  </message>
  <message>
   <source>On the market in these days</source>
   <translation>在以下日期上市</translation>
  </message>
  <message>
   <source>Collected in these days</source>
   <translation>在以下日期采集</translation>
  </message>
  <message>
   <source>from</source>
   <translation>从</translation>
  </message>
  <message>
   <source>to</source>
   <translation>至</translation>
  </message>
  <message>
   <source>Back to the query before</source>
   <translation>上一次的条件</translation>
  </message>
  <message>
   <source>Forward again</source>
   <translation>下一次的条件</translation>
  </message>
  <message>
   <source>Saved queries</source>
   <translation>已存的条件</translation>
  </message>
  <message>
   <source>Saved</source>
   <translation>已存</translation>
  </message>
  <message>
   <source>The query in words</source>
   <translation>条件的文字说明</translation>
  </message>
  <message>
   <source>Clear all</source>
   <translation>全部清除</translation>
  </message>
  <message>
   <source>Excel workbook (*.xlsx);;CSV (*.csv)</source>
   <translation>Excel 工作簿 (*.xlsx);;CSV (*.csv)</translation>
  </message>
  <message>
   <source>The one table</source>
   <translation>一张表</translation>
  </message>
  <message>
   <source>{file} is ready: {count} records.</source>
   <translation>{file} 已生成，共 {count} 条记录。</translation>
  </message>
  <message>
   <source>Table…</source>
   <translation>一张表…</translation>
  </message>
  <message>
   <source>Statistics…</source>
   <translation>统计表…</translation>
  </message>
  <message>
   <source>Print…</source>
   <translation>打印…</translation>
  </message>
  <message>
   <source>Map style</source>
   <translation>地图样式</translation>
  </message>
  <message>
   <source>The one table, as workbook or CSV</source>
   <translation>导出一张表（Excel 或 CSV）</translation>
  </message>
  <message>
   <source>Statistics</source>
   <translation>统计</translation>
  </message>
  <message>
   <source>Workbook (*.xlsx)</source>
   <translation>表格文件 (*.xlsx)</translation>
  </message>
  <message>
   <source>Back to the usual style</source>
   <translation>恢复内置样式</translation>
  </message>
  <message>
   <source>Styling the map</source>
   <translation>正在更换地图样式</translation>
  </message>
  <message>
   <source>Play the year with QGIS's temporal controller; its year {year} stands for any.</source>
   <translation>用 QGIS 的“时态控制器”面板播放全年上市情况，其中的 {year} 年代表任意一年。</translation>
  </message>
  <message>
   <source>symbols by product and scale</source>
   <translation>产品和规模符号</translation>
  </message>
  <message>
   <source>states, with what lies too long</source>
   <translation>办理状态（含逾期）</translation>
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
   <source>divisions by number</source>
   <translation>行政区划分级设色</translation>
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
   <source>not verified</source>
   <translation>未核实</translation>
  </message>
  <message>
   <source>year {year}</source>
   <translation>{year} 年</translation>
  </message>
  <message>
   <source>Keeping the style</source>
   <translation>正在保存样式</translation>
  </message>
  <message>
   <source>Your style is kept in the register: {style}</source>
   <translation>改过的样式已存入档案库：{style}</translation>
  </message>
  <message>
   <source>The record is saved. The map does not show it, for it shows only: {query}</source>
   <translation>记录已保存，但不在地图当前的条件内，图上看不到。当前只显示：{query}</translation>
  </message>
  <message>
   <source>Seen as a whole, the symbols of {count} records cover each other.</source>
   <translation>共 {count} 条记录，看全图时符号相互遮盖。</translation>
  </message>
  <message>
   <source>Counting the records</source>
   <translation>统计采集记录</translation>
  </message>
  <message>
   <source>{count} records</source>
   <translation>{count} 条记录</translation>
  </message>
  <message>
   <source>without those that ended</source>
   <translation>不含已终止的</translation>
  </message>
  <message>
   <source>Show all records</source>
   <translation>显示全部记录</translation>
  </message>
  <message>
   <source>Show sums as pies</source>
   <translation>改用汇总饼图</translation>
  </message>
  <message>
   <source>Counting…</source>
   <translation>正在统计…</translation>
  </message>
  <message>
   <source>not on the map yet</source>
   <translation>尚未用于地图</translation>
  </message>
  <message>
   <source>the map shows only these</source>
   <translation>地图只显示这些</translation>
  </message>
  <message>
   <source>Map style: {style}</source>
   <translation>地图样式：{style}</translation>
  </message>
  <message>
   <source>The map shows only: {query}</source>
   <translation>地图只显示：{query}</translation>
  </message>
  <message>
   <source>Distribution map, one page</source>
   <translation>分布图（一页）</translation>
  </message>
  <message>
   <source>Atlas: a page for each township</source>
   <translation>图集：每个乡镇一页</translation>
  </message>
  <message>
   <source>Atlas: a page for each product</source>
   <translation>图集：每种产品一页</translation>
  </message>
  <message>
   <source>Atlas: a page for each month on the market</source>
   <translation>图集：每个上市月份一页</translation>
  </message>
  <message>
   <source>Producer cards, one page per record</source>
   <translation>主体卡片（每条记录一页）</translation>
  </message>
  <message>
   <source>Field sheet for verifying</source>
   <translation>现场核实表</translation>
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
   <source>A0 landscape</source>
   <translation>A0 横向</translation>
  </message>
  <message>
   <source>A0 portrait</source>
   <translation>A0 纵向</translation>
  </message>
  <message>
   <source>What</source>
   <translation>内容</translation>
  </message>
  <message>
   <source>Paper</source>
   <translation>纸张</translation>
  </message>
  <message>
   <source>Style</source>
   <translation>样式</translation>
  </message>
  <message>
   <source>the county, or the division asked for</source>
   <translation>全县，或条件中的乡镇、村</translation>
  </message>
  <message>
   <source>as the map window shows it</source>
   <translation>与地图窗口相同</translation>
  </message>
  <message>
   <source>Extent</source>
   <translation>范围</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>标题</translation>
  </message>
  <message>
   <source>made from the conditions</source>
   <translation>不填则按条件生成</translation>
  </message>
  <message>
   <source>Source of the data</source>
   <translation>资料来源</translation>
  </message>
  <message>
   <source>Map review number</source>
   <translation>审图号</translation>
  </message>
  <message>
   <source>Footer: for internal work, not for publication</source>
   <translation>注明仅供内部工作，不得公开发表</translation>
  </message>
  <message>
   <source>Every page as a file of its own</source>
   <translation>每页另存为一个文件</translation>
  </message>
  <message>
   <source>Print the records that the map shows</source>
   <translation>打印地图上显示的记录</translation>
  </message>
  <message>
   <source>Write what the list in full is for; it is noted with your name.</source>
   <translation>请写明完整打印的用途；用途和您的姓名一并记入档案库。</translation>
  </message>
  <message>
   <source>Before printing, look at this:</source>
   <translation>打印前请核对：</translation>
  </message>
  <message>
   <source>Distribution map</source>
   <translation>分布图</translation>
  </message>
  <message>
   <source>Atlas by township</source>
   <translation>各乡镇分布图集</translation>
  </message>
  <message>
   <source>Atlas by product</source>
   <translation>各产品分布图集</translation>
  </message>
  <message>
   <source>Atlas by month</source>
   <translation>各月上市分布图集</translation>
  </message>
  <message>
   <source>Producer cards</source>
   <translation>主体卡片</translation>
  </message>
  <message>
   <source>Field sheet</source>
   <translation>现场核实表</translation>
  </message>
  <message>
   <source>Another print is still under way; wait, or stop it.</source>
   <translation>上一份还在生成，请等它完成，或先停止。</translation>
  </message>
  <message>
   <source>No page, as no record lies on the map: {pages}</source>
   <translation>图幅内没有记录，未出页：{pages}</translation>
  </message>
  <message>
   <source>{left} further records have no card; ask for less or more.</source>
   <translation>另有 {left} 条记录未出卡片，请缩小查询范围或调大上限。</translation>
  </message>
  <message>
   <source>PDF (*.pdf)</source>
   <translation>PDF (*.pdf)</translation>
  </message>
  <message>
   <source>PDF (*.pdf);;Picture (*.png)</source>
   <translation>PDF (*.pdf);;图片 (*.png)</translation>
  </message>
  <message>
   <source>Printing: {file}</source>
   <translation>正在生成：{file}</translation>
  </message>
  <message>
   <source>Print all the same</source>
   <translation>仍然打印</translation>
  </message>
  <message>
   <source>Don't print</source>
   <translation>先不打印</translation>
  </message>
  <message>
   <source>{pages} pages.</source>
   <translation>共 {pages} 页。</translation>
  </message>
  <message>
   <source>There is a query “{name}” already. Replace it?</source>
   <translation>已有名为“{name}”的条件，要替换吗？</translation>
  </message>
  <message>
   <source>Saving the query</source>
   <translation>正在保存条件</translation>
  </message>
  <message>
   <source>The query “{name}” is saved in the register.</source>
   <translation>条件“{name}”已存入档案库。</translation>
  </message>
  <message>
   <source>Deleting the query</source>
   <translation>正在删除条件</translation>
  </message>
  <message>
   <source>The query “{name}” is deleted.</source>
   <translation>条件“{name}”已删除。</translation>
  </message>
  <message>
   <source>Name of the query</source>
   <translation>条件的名称</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Save this query…</source>
   <translation>保存当前条件…</translation>
  </message>
  <message>
   <source>No query is saved yet</source>
   <translation>还没有保存过条件</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Replace</source>
   <translation>替换</translation>
  </message>
  <message>
   <source>Delete the query “{name}” for everybody?</source>
   <translation>删除条件“{name}”？其他人也将不能再用。</translation>
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
   <source>Add</source>
   <translation>添加</translation>
  </message>
  <message>
   <source>multiples of the threshold</source>
   <translation>采集标准的倍数</translation>
  </message>
  <message>
   <source>Show the conditions</source>
   <translation>查看条件</translation>
  </message>
  <message>
   <source>Show all</source>
   <translation>显示全部</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>撤销</translation>
  </message>
  <message>
   <source>Start</source>
   <translation>开始</translation>
  </message>
  <message>
   <source>Collect</source>
   <translation>采集</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>补点</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>审核</translation>
  </message>
  <message>
   <source>One map</source>
   <translation>一张图</translation>
  </message>
  <message>
   <source>Quality</source>
   <translation>质量</translation>
  </message>
  <message>
   <source>The basemap “{title}” is in {datum}. The point was converted to CGCS2000 and counts as approximate: set it again on imagery in CGCS2000 (Tianditu) or on site.</source>
   <translation>底图“{title}”是 {datum} 坐标，点位已换算为国家 2000 坐标，按近似处理。请在国家 2000 坐标的影像（如天地图）上或到现场重新定点。</translation>
  </message>
  <message>
   <source>The map shows so much that a click is good to {metres} m only; the point counts as approximate. Zoom in and click again.</source>
   <translation>地图显示范围太大，点一下误差就有 {metres} 米，点位按近似处理。请放大地图再点一次。</translation>
  </message>
  <message>
   <source>There is no imagery under this point. Make sure that it is the right place.</source>
   <translation>这个点下面没有影像，请确认位置无误。</translation>
  </message>
  <message>
   <source>Nobody has said in which datum “{title}” is drawn; it is taken to be unshifted. If it comes from Amap, Tencent or Google, say so under Basemaps.</source>
   <translation>底图“{title}”没有注明坐标系，按没有偏移处理。如果来自高德、腾讯或谷歌，请在“底图”里注明。</translation>
  </message>
  <message>
   <source>QGIS is not connected to a GPS receiver. Plug it in, open View ▸ Panels ▸ GPS Information, choose its port and press Connect; the position then shows up here.</source>
   <translation>QGIS 还没有连接 GPS。请插好接收机，打开“视图 ▸ 面板 ▸ GPS信息”，选好端口后点“连接”，位置就会显示在这里。</translation>
  </message>
  <message>
   <source>Longitude {longitude}°, latitude {latitude}°: {count} satellites, good to about {metres} m.</source>
   <translation>经度 {longitude}°，纬度 {latitude}°：{count} 颗卫星，误差约 {metres} 米。</translation>
  </message>
  <message>
   <source>The position is good to {metres} m only; the point counts as approximate. Go into the open, wait, and take it again.</source>
   <translation>定位误差达 {metres} 米，点位按近似处理。请到开阔处等一会儿再取一次。</translation>
  </message>
  <message>
   <source>Take this position</source>
   <translation>取这个位置</translation>
  </message>
  <message>
   <source>Open QGIS's GPS panel</source>
   <translation>打开 QGIS 的 GPS 面板</translation>
  </message>
  <message>
   <source>The receiver has said nothing new for {seconds} s.</source>
   <translation>接收机已有 {seconds} 秒没有新数据，请检查连接。</translation>
  </message>
  <message>
   <source>The receiver is looking for satellites. Go into the open and wait.</source>
   <translation>接收机正在搜星，请到开阔处等候。</translation>
  </message>
  <message>
   <source>GPS, {count} satellites</source>
   <translation>GPS，{count} 颗卫星</translation>
  </message>
  <message>
   <source>Choose a photo that was taken on site with the phone's location switched on, or drop it here. It is kept beside the register as evidence.</source>
   <translation>请选现场拍的、手机开着定位的照片，也可直接拖到这里。照片会存到档案库旁边作为凭证。</translation>
  </message>
  <message>
   <source>{file}
{taken}
Longitude {longitude}°, latitude {latitude}°, good to about {metres} m.</source>
   <translation>{file}
{taken}
经度 {longitude}°，纬度 {latitude}°，误差约 {metres} 米。</translation>
  </message>
  <message>
   <source>Choose a photo</source>
   <translation>选择照片</translation>
  </message>
  <message>
   <source>Photos (*.jpg *.jpeg *.JPG *.JPEG)</source>
   <translation>照片 (*.jpg *.jpeg *.JPG *.JPEG)</translation>
  </message>
  <message>
   <source>Reading {file}…</source>
   <translation>正在读取 {file}…</translation>
  </message>
  <message>
   <source>Read a photo</source>
   <translation>读取照片</translation>
  </message>
  <message>
   <source>The photo's position is good to {metres} m only; the point counts as approximate.</source>
   <translation>照片的定位误差达 {metres} 米，点位按近似处理。</translation>
  </message>
  <message>
   <source>Choose a photo…</source>
   <translation>选择照片…</translation>
  </message>
  <message>
   <source>Tidy up photos</source>
   <translation>清理照片</translation>
  </message>
  <message>
   <source>Choose another photo…</source>
   <translation>换一张照片…</translation>
  </message>
  <message>
   <source>On map</source>
   <translation>地图</translation>
  </message>
  <message>
   <source>Click on the map where the site is. Esc or a right click ends it.</source>
   <translation>在地图上点产地所在位置；按 Esc 或点右键结束。</translation>
  </message>
  <message>
   <source>Coordinates</source>
   <translation>坐标</translation>
  </message>
  <message>
   <source>Type or paste coordinates in any notation</source>
   <translation>输入或粘贴坐标，写法不限</translation>
  </message>
  <message>
   <source>GPS</source>
   <translation>GPS</translation>
  </message>
  <message>
   <source>Take the position of a GPS receiver that is connected to QGIS</source>
   <translation>取已连接到 QGIS 的 GPS 接收机的位置</translation>
  </message>
  <message>
   <source>Photo</source>
   <translation>照片</translation>
  </message>
  <message>
   <source>Take the position from a photo of a phone, and keep the photo as evidence</source>
   <translation>取手机照片里的位置，并把照片存作凭证</translation>
  </message>
  <message>
   <source>Coordinates in any notation, such as 109.690508,19.912025</source>
   <translation>输入或粘贴坐标，如 109.690508,19.912025</translation>
  </message>
  <message>
   <source>Set the point</source>
   <translation>定点</translation>
  </message>
  <message>
   <source>Central meridian</source>
   <translation>中央子午线</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>请选择…</translation>
  </message>
  <message>
   <source>Datum</source>
   <translation>坐标系</translation>
  </message>
  <message>
   <source>WGS84 (GPS, phones)</source>
   <translation>WGS84（GPS、手机）</translation>
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
   <source>Xian 1980</source>
   <translation>1980 西安坐标系</translation>
  </message>
  <message>
   <source>Beijing 1954</source>
   <translation>1954 北京坐标系</translation>
  </message>
  <message>
   <source>Use {proposal}</source>
   <translation>改用 {proposal}</translation>
  </message>
  <message>
   <source>These are plane coordinates whose easting does not carry its zone. Choose the central meridian.</source>
   <translation>这是平面坐标，横坐标前没有带号，请选择中央子午线。</translation>
  </message>
  <message>
   <source>Longitude {longitude}° ({east}), latitude {latitude}° ({north}).</source>
   <translation>经度 {longitude}°（{east}），纬度 {latitude}°（{north}）。</translation>
  </message>
  <message>
   <source>From plane coordinates (Gauss–Krüger).</source>
   <translation>由平面坐标（高斯－克吕格投影）换算。</translation>
  </message>
  <message>
   <source>Findings that were set aside</source>
   <translation>已搁置的问题</translation>
  </message>
  <message>
   <source>List it again</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Nothing is set aside, or nothing has been checked yet. What is no mistake is set aside with a reason, and comes back when its record changes.</source>
   <translation>没有搁置的问题，或者还没有检查。核实无误的问题可注明理由后搁置；记录有改动时会重新列出。</translation>
  </message>
  <message>
   <source>Checking the records</source>
   <translation>检查记录</translation>
  </message>
  <message>
   <source>Checking what was changed</source>
   <translation>复查改动过的记录</translation>
  </message>
  <message>
   <source>Setting findings aside</source>
   <translation>搁置问题</translation>
  </message>
  <message>
   <source>Putting findings back</source>
   <translation>恢复问题</translation>
  </message>
  <message>
   <source>Applying proposals</source>
   <translation>按建议修正</translation>
  </message>
  <message>
   <source>Taking repairs back</source>
   <translation>撤销修正</translation>
  </message>
  <message>
   <source>Confirm unchanged…</source>
   <translation>确认无变化…</translation>
  </message>
  <message>
   <source>Next cycle…</source>
   <translation>下一茬（月）…</translation>
  </message>
  <message>
   <source>Open the form</source>
   <translation>打开表单</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>下一条</translation>
  </message>
  <message>
   <source>Open the form (Enter in the list)</source>
   <translation>打开表单（在列表中按回车键）</translation>
  </message>
  <message>
   <source>Confirm that nothing changed</source>
   <translation>确认无变化</translation>
  </message>
  <message>
   <source>Begin the site's next cycle</source>
   <translation>开始下一茬（月）</translation>
  </message>
  <message>
   <source>Next site that is due</source>
   <translation>下一处应采集的产地</translation>
  </message>
  <message>
   <source>{count} stay: {reason}</source>
   <translation>{count} 处不能办理：{reason}</translation>
  </message>
  <message>
   <source>{made} carried on: {submitted} submitted, {drafts} drafts to be asked.</source>
   <translation>已办理 {made} 处：提交 {submitted} 条，待询问的草稿 {drafts} 条。</translation>
  </message>
  <message>
   <source>Sites to be collected again</source>
   <translation>应采集的产地</translation>
  </message>
  <message>
   <source>Of {count} the period on the market is over: it stays a draft until asked.</source>
   <translation>其中 {count} 处的上市时间已过，先存为草稿，询问补填后再提交。</translation>
  </message>
  <message>
   <source>Every site is up to date.</source>
   <translation>各产地均已按期采集。</translation>
  </message>
  <message>
   <source>Confirm: {count} unchanged</source>
   <translation>确认 {count} 处无变化</translation>
  </message>
  <message>
   <source>Begin the next cycle: {count}</source>
   <translation>开始下一茬（月）：{count} 处</translation>
  </message>
  <message>
   <source>Scale and period are empty, since they must be asked again.</source>
   <translation>种养规模和上市时间留空，须重新询问。</translation>
  </message>
  <message>
   <source>Reading what is due…</source>
   <translation>正在读取应采集清单…</translation>
  </message>
  <message>
   <source>{count} go on to {cycle}.</source>
   <translation>{count} 处转入 {cycle}。</translation>
  </message>
  <message>
   <source>&lt;b&gt;{due}&lt;/b&gt; of {total} sites are to be collected, {overdue} of them overdue</source>
   <translation>{total} 处产地中应采集 &lt;b&gt;{due}&lt;/b&gt; 处，其中逾期 {overdue} 处</translation>
  </message>
  <message>
   <source>{count} sites; both keys ask first, and go for all.</source>
   <translation>共 {count} 处；两个按键对全部产地办理，办理前先询问。</translation>
  </message>
  <message>
   <source>{cycle} is to be collected until {day}; last there: {last}.</source>
   <translation>应采集 {cycle}，期限 {day}；上次采集的是 {last}。</translation>
  </message>
  <message>
   <source>Overdue to collect</source>
   <translation>逾期</translation>
  </message>
  <message>
   <source>To be collected</source>
   <translation>应采集</translation>
  </message>
  <message>
   <source>Due soon</source>
   <translation>即将到期</translation>
  </message>
  <message>
   <source>Up to date</source>
   <translation>已采集</translation>
  </message>
  <message>
   <source>A draft of it was begun: open the form.</source>
   <translation>这一茬（月）已有草稿，请打开表单续填。</translation>
  </message>
  <message>
   <source>Contact {contact}, collected by {collector}</source>
   <translation>联系人 {contact}，采集员 {collector}</translation>
  </message>
  <message>
   <source>{days} days overdue</source>
   <translation>逾期 {days} 天</translation>
  </message>
  <message>
   <source> {count} more were missed.</source>
   <translation>另漏采 {count} 次。</translation>
  </message>
  <message>
   <source>Reading what is due</source>
   <translation>读取应采集清单</translation>
  </message>
  <message>
   <source>Looking at the records…</source>
   <translation>正在核对记录……</translation>
  </message>
  <message>
   <source>Carrying records into their next cycle</source>
   <translation>转入下一茬（月）</translation>
  </message>
  <message>
   <source>Repair</source>
   <translation>修正</translation>
  </message>
  <message>
   <source>Set aside…</source>
   <translation>搁置…</translation>
  </message>
  <message>
   <source>Do what the finding proposes</source>
   <translation>按建议修正</translation>
  </message>
  <message>
   <source>Set the finding aside</source>
   <translation>搁置问题</translation>
  </message>
  <message>
   <source>Next finding</source>
   <translation>下一个问题</translation>
  </message>
  <message>
   <source>Proposed: {what}</source>
   <translation>建议：{what}</translation>
  </message>
  <message>
   <source>Together with:</source>
   <translation>相关记录：</translation>
  </message>
  <message>
   <source>{count} findings in {records} records, {mended} with a repair.</source>
   <translation>{records} 条记录中有 {count} 个问题，其中 {mended} 个有修正建议。</translation>
  </message>
  <message>
   <source>&lt;b&gt;{count}&lt;/b&gt; findings in {records} records, checked {time}</source>
   <translation>检查 {records} 条记录，&lt;b&gt;{count}&lt;/b&gt; 个问题（{time}）</translation>
  </message>
  <message>
   <source>Records have changed since: check again.</source>
   <translation>记录已有改动，请重新检查。</translation>
  </message>
  <message>
   <source>repair</source>
   <translation>可修正</translation>
  </message>
  <message>
   <source>Proposed, though something else may be meant: {what}</source>
   <translation>建议（也可能另有原因，请核实）：{what}</translation>
  </message>
  <message>
   <source>Together with {count} others, such as:</source>
   <translation>相关记录 {count} 条，如：</translation>
  </message>
  <message>
   <source>{group}: {count} findings come with a repair, {sure} of them with only one.</source>
   <translation>{group}：{count} 个问题有修正建议，其中 {sure} 个只有一种可能。</translation>
  </message>
  <message>
   <source>Set aside: {what}</source>
   <translation>已搁置：{what}</translation>
  </message>
  <message>
   <source>It counts again: {what}</source>
   <translation>已恢复：{what}</translation>
  </message>
  <message>
   <source>Repaired: {what}. The earlier values stand in the history.</source>
   <translation>已修正：{what}。原值可在历史中查看。</translation>
  </message>
  <message>
   <source>Taken back: {what}. The history keeps both.</source>
   <translation>已撤销修正：{what}。修正与撤销都留在历史中。</translation>
  </message>
  <message>
   <source>Check again</source>
   <translation>重新检查</translation>
  </message>
  <message>
   <source>{count} not repaired: {reason}</source>
   <translation>{count} 条没有修正：{reason}</translation>
  </message>
  <message>
   <source>{count} not taken back: {reason}</source>
   <translation>{count} 条没有撤销：{reason}</translation>
  </message>
  <message>
   <source>Checking the records…</source>
   <translation>正在检查记录…</translation>
  </message>
  <message>
   <source>{count} findings</source>
   <translation>{count} 个问题</translation>
  </message>
  <message>
   <source>Nothing has been checked yet. The check changes nothing; it can be stopped.</source>
   <translation>还没有检查。检查不会改动记录，可随时停止。</translation>
  </message>
  <message>
   <source>Nothing was found.</source>
   <translation>没有发现问题。</translation>
  </message>
  <message>
   <source>Apply these {count}</source>
   <translation>修正这 {count} 个</translation>
  </message>
  <message>
   <source>Only: {query}</source>
   <translation>只检查：{query}</translation>
  </message>
  <message>
   <source>Check the records</source>
   <translation>检查记录</translation>
  </message>
  <message>
   <source>(place not stated)</source>
   <translation>（未填地点）</translation>
  </message>
  <message>
   <source>Findings as workbook or web page…</source>
   <translation>导出问题清单（工作簿或网页）…</translation>
  </message>
  <message>
   <source>{file}: {count} records</source>
   <translation>{file}：{count} 条记录</translation>
  </message>
  <message>
   <source>Excel workbook (*.xlsx);;Web page (*.html)</source>
   <translation>Excel 工作簿 (*.xlsx);;网页 (*.html)</translation>
  </message>
  <message>
   <source>Findings of quality</source>
   <translation>质量问题清单</translation>
  </message>
  <message>
   <source>{file} is ready: {count} findings.</source>
   <translation>{file} 已生成，共 {count} 个问题。</translation>
  </message>
  <message>
   <source>Repair what an import brought</source>
   <translation>整批修正导入的记录</translation>
  </message>
  <message>
   <source>Findings as workbook or web page</source>
   <translation>导出问题清单（工作簿或网页）</translation>
  </message>
  <message>
   <source>now</source>
   <translation>现在</translation>
  </message>
  <message>
   <source>proposed</source>
   <translation>建议位置</translation>
  </message>
  <message>
   <source>Set aside</source>
   <translation>搁置</translation>
  </message>
  <message>
   <source>To collect again</source>
   <translation>应采集</translation>
  </message>
  <message>
   <source>Checked on site: it is as recorded</source>
   <translation>已到现场核实，情况属实</translation>
  </message>
  <message>
   <source>Asked the producer by phone: it is right</source>
   <translation>已电话核实，情况属实</translation>
  </message>
  <message>
   <source>Several sites at the same place</source>
   <translation>同一地点有多个基地</translation>
  </message>
  <message>
   <source>The producer works across the boundary</source>
   <translation>跨村（镇）经营</translation>
  </message>
  <message>
   <source>Different producers with similar names</source>
   <translation>名称相近的不同主体</translation>
  </message>
  <message>
   <source>Why the finding is no mistake</source>
   <translation>搁置理由</translation>
  </message>
  <message>
   <source>Why is “{finding}” no mistake here? It comes back when the record changes.</source>
   <translation>搁置“{finding}”的理由是什么？记录有改动时会重新列出。</translation>
  </message>
  <message>
   <source>Why are these {count} findings ({finding}) no mistakes?</source>
   <translation>搁置这 {count} 个问题（{finding}）的理由是什么？</translation>
  </message>
  <message>
   <source>Choose a reason or type one.</source>
   <translation>请选择或填写原因。</translation>
  </message>
  <message>
   <source>{producer}
{place}
Reason: {reason}</source>
   <translation>{producer}
{place}
原因：{reason}</translation>
  </message>
  <message>
   <source>Records that were put aside</source>
   <translation>已搁置的采集记录</translation>
  </message>
  <message>
   <source>Nothing is put aside. “Cannot locate” brings a record here.</source>
   <translation>没有搁置的记录。点“无法定位”可把记录搁置到这里。</translation>
  </message>
  <message>
   <source>Put back</source>
   <translation>放回待补点</translation>
  </message>
  <message>
   <source>Reading what was put aside</source>
   <translation>正在读取搁置的记录</translation>
  </message>
  <message>
   <source>Why can “{producer}” not be located? Choose or type.</source>
   <translation>“{producer}”为什么无法定位？请选择或填写原因。</translation>
  </message>
  <message>
   <source>The address is too vague</source>
   <translation>地址写得太笼统</translation>
  </message>
  <message>
   <source>The place is not on the map or imagery</source>
   <translation>地图和影像上找不到</translation>
  </message>
  <message>
   <source>Needs a visit to the site</source>
   <translation>需要到现场核实</translation>
  </message>
  <message>
   <source>The producer cannot be reached</source>
   <translation>联系不上主体</translation>
  </message>
  <message>
   <source>The producer is no longer there</source>
   <translation>主体已不在当地</translation>
  </message>
  <message>
   <source>Put aside</source>
   <translation>搁置</translation>
  </message>
  <message>
   <source>Why it cannot be located</source>
   <translation>无法定位的原因</translation>
  </message>
  <message>
   <source>{title}, within {radius}</source>
   <translation>{title}，误差约 {radius}</translation>
  </message>
  <message>
   <source>Places the address can mean</source>
   <translation>地址可能指的地方</translation>
  </message>
  <message>
   <source>unknown: look for the address on the map</source>
   <translation>没有线索，请按地址在地图上找</translation>
  </message>
  <message>
   <source>Returned</source>
   <translation>已退回</translation>
  </message>
  <message>
   <source>Product</source>
   <translation>产品</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>地址</translation>
  </message>
  <message>
   <source>As written</source>
   <translation>坐标原文</translation>
  </message>
  <message>
   <source>Contact</source>
   <translation>联系人</translation>
  </message>
  <message>
   <source>Verified</source>
   <translation>核实</translation>
  </message>
  <message>
   <source>Place</source>
   <translation>推测位置</translation>
  </message>
  <message>
   <source>By the address, within {radius}</source>
   <translation>按地址推算，误差约 {radius}</translation>
  </message>
  <message>
   <source>Point in the register, within {radius}</source>
   <translation>已有近似点位，误差约 {radius}</translation>
  </message>
  <message>
   <source>Point in the register, not exact</source>
   <translation>已有近似点位</translation>
  </message>
  <message>
   <source>Other findings: {count} (open the form)</source>
   <translation>其他问题 {count} 个（打开表单查看）</translation>
  </message>
  <message>
   <source>&lt;b&gt;{waiting}&lt;/b&gt; waiting · {done} of {total} placed</source>
   <translation>待补点 &lt;b&gt;{waiting}&lt;/b&gt; 条，已精确定位 {done}/{total}</translation>
  </message>
  <message>
   <source>Counting what waits for a point</source>
   <translation>正在统计待补点的记录</translation>
  </message>
  <message>
   <source>Import a workbook…</source>
   <translation>导入采集表…</translation>
  </message>
  <message>
   <source>Every record has its exact point or was put aside.</source>
   <translation>记录都已精确定位或搁置。</translation>
  </message>
  <message>
   <source>No records yet. Those that a workbook brings without an exact point wait here.</source>
   <translation>还没有采集记录。采集表导入后，没有精确点位的记录在这里等待补点。</translation>
  </message>
  <message>
   <source>Waiting {count}</source>
   <translation>待补点 {count}</translation>
  </message>
  <message>
   <source>Put aside {count}</source>
   <translation>已搁置 {count}</translation>
  </message>
  <message>
   <source>Somebody else is writing to the register. Your step is kept and saved as soon as they have finished.</source>
   <translation>其他人正在写入档案库。您的操作已保留，对方写完后自动保存。</translation>
  </message>
  <message>
   <source>Verify…</source>
   <translation>核实…</translation>
  </message>
  <message>
   <source>“{producer}” has its point.</source>
   <translation>“{producer}”已定位。</translation>
  </message>
  <message>
   <source>“{producer}” is put aside.</source>
   <translation>“{producer}”已搁置。</translation>
  </message>
  <message>
   <source>“{producer}” waits again.</source>
   <translation>“{producer}”已放回待补点。</translation>
  </message>
  <message>
   <source>“{producer}” is marked as verified.</source>
   <translation>“{producer}”已登记核实。</translation>
  </message>
  <message>
   <source>Undone: “{producer}” is as it was before.</source>
   <translation>已撤销，“{producer}”恢复原样。</translation>
  </message>
  <message>
   <source>F8 takes the next record to hand, or choose one above. The map goes to its best guess; click on the map where the site is, and the next record comes. Without a mouse: arrows move the map, digits lead to the places listed, Ctrl+Enter sets the point under the cross.</source>
   <translation>按 F8 取下一条待补点记录，或在上面选一条。地图会转到推测位置；在地图上单击基地所在处即定位，并自动转到下一条。不用鼠标时：方向键平移地图，数字键转到列出的地方，Ctrl+Enter 以十字处定位。</translation>
  </message>
  <message>
   <source>Save mine all the same</source>
   <translation>仍保存我的</translation>
  </message>
  <message>
   <source>Save all the same</source>
   <translation>仍然保存</translation>
  </message>
  <message>
   <source>Place it elsewhere</source>
   <translation>重新定位</translation>
  </message>
  <message>
   <source>Zoom in there</source>
   <translation>放大到此处</translation>
  </message>
  <message>
   <source>Undo the last step of the queue</source>
   <translation>撤销补点的上一步</translation>
  </message>
  <message>
   <source>Cannot locate…</source>
   <translation>无法定位…</translation>
  </message>
  <message>
   <source>Next record to locate</source>
   <translation>下一条待补点记录</translation>
  </message>
  <message>
   <source>Record cannot be located</source>
   <translation>记录无法定位</translation>
  </message>
  <message>
   <source>Verify the record</source>
   <translation>登记核实</translation>
  </message>
  <message>
   <source>{name}: {waiting} waiting, {done} placed, {aside} put aside</source>
   <translation>{name}：待补点 {waiting} 条，已定位 {done} 条，已搁置 {aside} 条</translation>
  </message>
  <message>
   <source>(township not stated)</source>
   <translation>（未填乡镇）</translation>
  </message>
  <message>
   <source>(village not stated)</source>
   <translation>（未填村）</translation>
  </message>
  <message>
   <source>Records that wait for their point</source>
   <translation>待补点的采集记录</translation>
  </message>
  <message>
   <source>How was “{producer}” verified?</source>
   <translation>“{producer}”是怎样核实的？</translation>
  </message>
  <message>
   <source>Note it</source>
   <translation>登记核实</translation>
  </message>
  <message>
   <source>Tick how it was verified: one way or both.</source>
   <translation>请勾选核实方式，可选一种或两种。</translation>
  </message>
  <message>
   <source>On</source>
   <translation>日期</translation>
  </message>
  <message>
   <source>By</source>
   <translation>核实人</translation>
  </message>
  <message>
   <source>Write who verified it.</source>
   <translation>请填写核实人。</translation>
  </message>
  <message>
   <source>Placed by</source>
   <translation>定位依据</translation>
  </message>
  <message>
   <source>Imagery</source>
   <translation>影像标绘</translation>
  </message>
  <message>
   <source>The site was recognised on the imagery</source>
   <translation>在影像上认出基地位置</translation>
  </message>
  <message>
   <source>Site visit</source>
   <translation>现场定位</translation>
  </message>
  <message>
   <source>Somebody stood at the site; the map only helped to find it</source>
   <translation>到过现场，地图只用来标出位置</translation>
  </message>
  <message>
   <source>Place “{producer}”</source>
   <translation>定位“{producer}”</translation>
  </message>
  <message>
   <source>Put “{producer}” aside</source>
   <translation>搁置“{producer}”</translation>
  </message>
  <message>
   <source>Put “{producer}” back</source>
   <translation>放回“{producer}”</translation>
  </message>
  <message>
   <source>Verify “{producer}”</source>
   <translation>核实“{producer}”</translation>
  </message>
  <message>
   <source>The point is approximate: the record stays in the queue.</source>
   <translation>这是近似点位，该记录仍待补点。</translation>
  </message>
  <message>
   <source>{count} returned, {overdue} overdue</source>
   <translation>{count} 条被退回，其中 {overdue} 条已逾期</translation>
  </message>
  <message>
   <source>{count} returned</source>
   <translation>{count} 条被退回</translation>
  </message>
  <message>
   <source>{days} days overdue (was due {deadline})</source>
   <translation>逾期 {days} 天（期限 {deadline}）</translation>
  </message>
  <message>
   <source>due today</source>
   <translation>今天到期</translation>
  </message>
  <message>
   <source>{days} days left (until {deadline})</source>
   <translation>还剩 {days} 天（{deadline} 截止）</translation>
  </message>
  <message>
   <source>today</source>
   <translation>今天</translation>
  </message>
  <message>
   <source>{days} days left</source>
   <translation>还剩 {days} 天</translation>
  </message>
  <message>
   <source>{days} days</source>
   <translation>{days} 天</translation>
  </message>
  <message>
   <source>Field</source>
   <translation>字段</translation>
  </message>
  <message>
   <source>What is wrong there (may stay empty)</source>
   <translation>该项有什么问题（可不填）</translation>
  </message>
  <message>
   <source>Why records cannot go</source>
   <translation>不能办理的记录和原因</translation>
  </message>
  <message>
   <source>&lt;b&gt;{going}&lt;/b&gt; can go, {staying} cannot:</source>
   <translation>&lt;b&gt;{going}&lt;/b&gt; 条可以办理，{staying} 条不能：</translation>
  </message>
  <message>
   <source>&lt;b&gt;{going}&lt;/b&gt; can go. It is one step, and one undo takes it back.</source>
   <translation>&lt;b&gt;{going}&lt;/b&gt; 条都可以办理。一次办完，也可以一次撤销。</translation>
  </message>
  <message>
   <source>and {count} more</source>
   <translation>另有 {count} 条</translation>
  </message>
  <message>
   <source>Records: {query}</source>
   <translation>范围：{query}</translation>
  </message>
  <message>
   <source>None of the records is in a state from which this starts.</source>
   <translation>范围内没有可以这样办理的记录。</translation>
  </message>
  <message>
   <source>{event}: {count}</source>
   <translation>{event} {count} 条</translation>
  </message>
  <message>
   <source>Keep the comment</source>
   <translation>记下批注</translation>
  </message>
  <message>
   <source>What is wrong with the record as a whole?</source>
   <translation>这条记录总的有什么问题？</translation>
  </message>
  <message>
   <source>What is wrong with “{field}”?</source>
   <translation>“{field}”有什么问题？</translation>
  </message>
  <message>
   <source>Township</source>
   <translation>乡镇</translation>
  </message>
  <message>
   <source>Records by township and state</source>
   <translation>各乡镇各状态的记录数</translation>
  </message>
  <message>
   <source>Whole county</source>
   <translation>全县</translation>
  </message>
  <message>
   <source>{count} of them overdue</source>
   <translation>其中逾期 {count} 条</translation>
  </message>
  <message>
   <source>Also what lies outside of {area}</source>
   <translation>同时显示{area}以外的</translation>
  </message>
  <message>
   <source>Counting what waits for its review</source>
   <translation>正在统计待审核的记录</translation>
  </message>
  <message>
   <source>Every submitted record is reviewed. What collectors submit next waits here.</source>
   <translation>已提交的记录都审核完了。采集员再提交的，会出现在这里。</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>待审核</translation>
  </message>
  <message>
   <source>By township</source>
   <translation>各乡镇</translation>
  </message>
  <message>
   <source>Many at once…</source>
   <translation>批量办理…</translation>
  </message>
  <message>
   <source>Reading what was returned</source>
   <translation>正在读取已退回的记录</translation>
  </message>
  <message>
   <source>Among the records that the map shows, none waits for review.</source>
   <translation>地图显示的记录里，没有待审核的。</translation>
  </message>
  <message>
   <source>In {area} every submitted record is reviewed.</source>
   <translation>{area}已提交的记录都已审核。</translation>
  </message>
  <message>
   <source>Counting the townships</source>
   <translation>正在统计各乡镇</translation>
  </message>
  <message>
   <source>&lt;b&gt;{count}&lt;/b&gt; wait for review, all since today</source>
   <translation>待审核 &lt;b&gt;{count}&lt;/b&gt; 条，都是今天提交的</translation>
  </message>
  <message>
   <source>&lt;b&gt;{count}&lt;/b&gt; wait for review, the longest for {age}</source>
   <translation>待审核 &lt;b&gt;{count}&lt;/b&gt; 条，最早的已等 {age}</translation>
  </message>
  <message>
   <source>Nothing waits for review.</source>
   <translation>没有待审核的记录。</translation>
  </message>
  <message>
   <source>reviewed place</source>
   <translation>上次审核的点位</translation>
  </message>
  <message>
   <source>There are {count} comments, which nobody reads when the record is approved.</source>
   <translation>写了 {count} 处批注。审核通过后，采集员看不到批注。</translation>
  </message>
  <message>
   <source>Take this back? {step} ({when})</source>
   <translation>撤销这一步吗？{step}（{when}）</translation>
  </message>
  <message>
   <source>all records</source>
   <translation>全部记录</translation>
  </message>
  <message>
   <source>Return it with the comments</source>
   <translation>带批注退回</translation>
  </message>
  <message>
   <source>Approve all the same</source>
   <translation>仍然通过</translation>
  </message>
  <message>
   <source>Look again</source>
   <translation>再看看</translation>
  </message>
  <message>
   <source>There is no step of yours to take back.</source>
   <translation>没有可以撤销的步骤。</translation>
  </message>
  <message>
   <source>Take it back</source>
   <translation>撤销</translation>
  </message>
  <message>
   <source>There is no imagery here to compare the point with.</source>
   <translation>这里没有影像，无法对照点位。</translation>
  </message>
  <message>
   <source>What the record says; Enter comments on a line</source>
   <translation>记录内容，按回车可批注</translation>
  </message>
  <message>
   <source>{event} {day} ({age})</source>
   <translation>{day} {event}（{age}）</translation>
  </message>
  <message>
   <source>Collected by {name}</source>
   <translation>采集员 {name}</translation>
  </message>
  <message>
   <source>See the comments at the fields</source>
   <translation>见各项批注</translation>
  </message>
  <message>
   <source>The point is not where the site is</source>
   <translation>点位不在基地</translation>
  </message>
  <message>
   <source>The scale does not fit the imagery</source>
   <translation>规模与影像不符</translation>
  </message>
  <message>
   <source>Contact or producer is wrong</source>
   <translation>主体或联系方式有误</translation>
  </message>
  <message>
   <source>The same site was collected twice</source>
   <translation>与其他记录重复</translation>
  </message>
  <message>
   <source>Return it</source>
   <translation>退回</translation>
  </message>
  <message>
   <source>Return “{producer}” with {count} comments: why, and by when to mend it?</source>
   <translation>退回“{producer}”，附 {count} 处批注。写明原因和整改期限：</translation>
  </message>
  <message>
   <source>Return “{producer}”: why, and by when to mend it?</source>
   <translation>退回“{producer}”。写明原因和整改期限：</translation>
  </message>
  <message>
   <source>Mend by</source>
   <translation>整改期限</translation>
  </message>
  <message>
   <source>Records that were returned</source>
   <translation>已退回的记录</translation>
  </message>
  <message>
   <source>Not filled in</source>
   <translation>未填的项</translation>
  </message>
  <message>
   <source>The whole record</source>
   <translation>整条记录</translation>
  </message>
  <message>
   <source>Changed since the last review</source>
   <translation>上次审核后的改动</translation>
  </message>
  <message>
   <source>Returned before</source>
   <translation>上次退回</translation>
  </message>
  <message>
   <source>Comment</source>
   <translation>批注</translation>
  </message>
  <message>
   <source>no point</source>
   <translation>没有点位</translation>
  </message>
  <message>
   <source>Same product nearby</source>
   <translation>附近的同类产品</translation>
  </message>
  <message>
   <source>Undo the last step of the review</source>
   <translation>撤销审核的上一步</translation>
  </message>
  <message>
   <source>Approve</source>
   <translation>通过</translation>
  </message>
  <message>
   <source>Return…</source>
   <translation>退回…</translation>
  </message>
  <message>
   <source>Comment…</source>
   <translation>批注…</translation>
  </message>
  <message>
   <source>Approve the record</source>
   <translation>审核通过</translation>
  </message>
  <message>
   <source>Return the record</source>
   <translation>退回记录</translation>
  </message>
  <message>
   <source>Next record to review</source>
   <translation>下一条待审核</translation>
  </message>
  <message>
   <source>List</source>
   <translation>列表</translation>
  </message>
  <message>
   <source>Back to the list (Esc)</source>
   <translation>返回列表（Esc）</translation>
  </message>
  <message>
   <source>Form</source>
   <translation>表单</translation>
  </message>
  <message>
   <source>{event}: {count} records.</source>
   <translation>{event}：{count} 条。</translation>
  </message>
  <message>
   <source>{count} were changed meanwhile and stay.</source>
   <translation>{count} 条刚被别人改动，没有办理。</translation>
  </message>
  <message>
   <source>{event}: “{producer}”</source>
   <translation>{event}：“{producer}”</translation>
  </message>
  <message>
   <source>{count}, today</source>
   <translation>{count} 条 · 今天</translation>
  </message>
  <message>
   <source>{count}, up to {age}</source>
   <translation>{count} 条 · 最早 {age}</translation>
  </message>
  <message>
   <source>Records that wait for their review</source>
   <translation>待审核的记录</translation>
  </message>
  <message>
   <source>Take back the last step</source>
   <translation>撤销上一步</translation>
  </message>
  <message>
   <source>Looking for the next record</source>
   <translation>正在找下一条</translation>
  </message>
  <message>
   <source>Save as…</source>
   <translation>另存为…</translation>
  </message>
  <message>
   <source>Write what the list in full is for; it is noted in the register with your name.</source>
   <translation>请填写导出完整信息的用途；用途连同您的姓名将记入档案库。</translation>
  </message>
  <message>
   <source>Sealing the history</source>
   <translation>封存历史记录</translation>
  </message>
  <message>
   <source>every crop{crops}, within {days} days of planting</source>
   <translation>每茬一次{crops}，移栽定植后 {days} 天内</translation>
  </message>
  <message>
   <source>every month, by its end</source>
   <translation>每月一次，当月月底前</translation>
  </message>
  <message>
   <source>Overdue: the month is not collected by the end of its day {day}.</source>
   <translation>逾期：当月 {day} 日过后仍未采集。</translation>
  </message>
  <message>
   <source>Overdue: the month ended and was not collected.</source>
   <translation>逾期：当月过后仍未采集。</translation>
  </message>
  <message>
   <source>To be collected: from the first day of the month.</source>
   <translation>应采集：自当月 1 日起。</translation>
  </message>
  <message>
   <source>Expected are {crops}, each on the day on which the site planted it a year before.</source>
   <translation>本县每年种植{crops}，每茬按该基地上年同茬的移栽定植日期推算。</translation>
  </message>
  <message>
   <source>Expected are the crops that the site grew before, each on its day of planting.</source>
   <translation>按该基地以往种植的茬次，逐茬依上年移栽定植日期推算。</translation>
  </message>
  <message>
   <source>To be collected: from that day; where it is not known, from its season's first day.</source>
   <translation>应采集：自该日起；没有移栽定植日期的，自该季第一天起。</translation>
  </message>
  <message>
   <source>What this means for {product}:</source>
   <translation>{product}按此频次：</translation>
  </message>
  <message>
   <source> ({crops})</source>
   <translation>（{crops}）</translation>
  </message>
  <message>
   <source>Due soon: from {days} days before a month begins.</source>
   <translation>即将到期：每月开始前 {days} 天起提醒。</translation>
  </message>
  <message>
   <source>Due soon: from {days} days before that day.</source>
   <translation>即将到期：该日前 {days} 天起提醒。</translation>
  </message>
  <message>
   <source>Overdue: more than {days} days after that day; where the day is not known, when its season is over.</source>
   <translation>逾期：该日后超过 {days} 天仍未采集；没有移栽定植日期的，该季过后仍未采集。</translation>
  </message>
  <message>
   <source>every month, by day {day}</source>
   <translation>每月一次，当月 {day} 日前</translation>
  </message>
  <message>
   <source>As the national standard says: {words}</source>
   <translation>按国家规定：{words}</translation>
  </message>
  <message>
   <source>How often each product is collected</source>
   <translation>各产品的采集频次</translation>
  </message>
  <message>
   <source> (this county's own)</source>
   <translation>（本县规定）</translation>
  </message>
  <message>
   <source>Every crop</source>
   <translation>每茬一次</translation>
  </message>
  <message>
   <source>Every month</source>
   <translation>每月一次</translation>
  </message>
  <message>
   <source>Parted by 、</source>
   <translation>用“、”隔开</translation>
  </message>
  <message>
   <source>its end</source>
   <translation>月底</translation>
  </message>
  <message>
   <source>None ticked: those that each site grew before.</source>
   <translation>都不勾选时，按各基地以往种植的茬次。</translation>
  </message>
  <message>
   <source>To be collected again</source>
   <translation>何时再采集</translation>
  </message>
  <message>
   <source>Collected again</source>
   <translation>采集频次</translation>
  </message>
  <message>
   <source>Crops of a year</source>
   <translation>全年茬次</translation>
  </message>
  <message>
   <source>Other crops</source>
   <translation>其他茬次</translation>
  </message>
  <message>
   <source>Days given after planting</source>
   <translation>定植后几天内</translation>
  </message>
  <message>
   <source>Until which day of the month</source>
   <translation>当月几日前</translation>
  </message>
  <message>
   <source>Told how many days ahead</source>
   <translation>提前几天提醒</translation>
  </message>
  <message>
   <source>Grade</source>
   <translation>等级</translation>
  </message>
  <message>
   <source>Other names, parted by 、</source>
   <translation>其他写法（用“、”隔开）</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Up</source>
   <translation>上移</translation>
  </message>
  <message>
   <source>Down</source>
   <translation>下移</translation>
  </message>
  <message>
   <source>National list</source>
   <translation>恢复全国等级</translation>
  </message>
  <message>
   <source>After saving, the form, the checks and the empty collection sheet follow; records that are there stay as they are.</source>
   <translation>保存后，表单、检查规则和空白采集表随之改变；已有的采集记录不变。</translation>
  </message>
  <message>
   <source>Saving the local standards</source>
   <translation>保存本地执行标准</translation>
  </message>
  <message>
   <source>The local standards are saved; they count for what is saved or imported from now on.</source>
   <translation>本地执行标准已保存，今后保存和导入的采集记录按此执行。</translation>
  </message>
  <message>
   <source>Local standards</source>
   <translation>本地执行标准</translation>
  </message>
  <message>
   <source>What is set here counts in this register instead of the national standard. An empty threshold means the national one.</source>
   <translation>这里填写的标准在本档案库中代替全国标准。规模标准留空，即沿用全国标准。</translation>
  </message>
  <message>
   <source>Thresholds</source>
   <translation>规模标准</translation>
  </message>
  <message>
   <source>Own products</source>
   <translation>本县产品</translation>
  </message>
  <message>
   <source>Cadence</source>
   <translation>采集频次</translation>
  </message>
  <message>
   <source>Nothing was changed.</source>
   <translation>没有改动。</translation>
  </message>
  <message>
   <source>Of the county's own: {thresholds} thresholds, {cadences} cadences, {grades} credit grades, {products} products.</source>
   <translation>本县自定：规模标准 {thresholds} 项、采集频次 {cadences} 项、信用等级 {grades} 项、产品 {products} 项。</translation>
  </message>
  <message>
   <source>(no name yet)</source>
   <translation>（尚未命名）</translation>
  </message>
  <message>
   <source>Add a product</source>
   <translation>添加产品</translation>
  </message>
  <message>
   <source>Industry</source>
   <translation>行业</translation>
  </message>
  <message>
   <source>Unit of the scale</source>
   <translation>规模单位</translation>
  </message>
  <message>
   <source>Threshold</source>
   <translation>规模标准</translation>
  </message>
  <message>
   <source>Threshold of engineered facilities</source>
   <translation>工程化养殖规模标准</translation>
  </message>
  <message>
   <source>Collected</source>
   <translation>采集频次</translation>
  </message>
  <message>
   <source>Other names</source>
   <translation>别名</translation>
  </message>
  <message>
   <source>Colour on the map</source>
   <translation>地图颜色</translation>
  </message>
  <message>
   <source>National</source>
   <translation>全国标准</translation>
  </message>
  <message>
   <source>This county</source>
   <translation>本县标准</translation>
  </message>
  <message>
   <source>Unit</source>
   <translation>单位</translation>
  </message>
  <message>
   <source>Name or code, such as 琼海 or 469002</source>
   <translation>输入县名或代码，如 琼海 或 469002</translation>
  </message>
  <message>
   <source>The register is one file: keep it where it is backed up.</source>
   <translation>档案库就是这一个文件，请放在有备份的位置。</translation>
  </message>
  <message>
   <source>New register</source>
   <translation>新建档案库</translation>
  </message>
  <message>
   <source>The county is not in the list</source>
   <translation>列表中没有本县</translation>
  </message>
  <message>
   <source>Browse…</source>
   <translation>浏览…</translation>
  </message>
  <message>
   <source>Open that one</source>
   <translation>打开已有的档案库</translation>
  </message>
  <message>
   <source>County</source>
   <translation>县（市、区）</translation>
  </message>
  <message>
   <source>File of the register</source>
   <translation>档案库文件</translation>
  </message>
  <message>
   <source>Create and open the register</source>
   <translation>新建并打开</translation>
  </message>
  <message>
   <source>Give the six-digit division code and the county's name.</source>
   <translation>请填写六位区划代码和县名。</translation>
  </message>
  <message>
   <source>Type a part of the county's name or its code, then choose it from the list.</source>
   <translation>输入县名的一部分或区划代码，再从列表中选择。</translation>
  </message>
  <message>
   <source>Register (*.gpkg)</source>
   <translation>档案库 (*.gpkg)</translation>
  </message>
  <message>
   <source>Making the register of {county}</source>
   <translation>正在新建 {county} 档案库</translation>
  </message>
  <message>
   <source>Six-digit code</source>
   <translation>六位代码</translation>
  </message>
  <message>
   <source>Province</source>
   <translation>省</translation>
  </message>
  <message>
   <source>City</source>
   <translation>市</translation>
  </message>
  <message>
   <source>“{file}” is there already; another name is proposed for a new one.</source>
   <translation>已有“{file}”；若要另建一个，建议用上面的新文件名。</translation>
  </message>
  <message>
   <source>Next: bring in the official boundaries and the village list. With them a point knows its township, and an address is found on the map.</source>
   <translation>下一步：载入行政区划边界和村名录。有了它们，点位会自动带出乡镇，地址也能在地图上找到。</translation>
  </message>
  <message>
   <source>Next: import a workbook, or choose “Collect” above and mark the first point.</source>
   <translation>下一步：导入采集表，或点上方“采集”标出第一个点位。</translation>
  </message>
  <message>
   <source>The register lies on a network share. Let only one person work in it at a time, and copy it to this computer when the network is slow.</source>
   <translation>档案库位于网络共享文件夹。同一时间请只由一人使用；网络慢时请先复制到本机。</translation>
  </message>
  <message>
   <source>Make an empty collection sheet…</source>
   <translation>生成空白采集表…</translation>
  </message>
  <message>
   <source>Boundaries and village list…</source>
   <translation>行政区划边界与村名录…</translation>
  </message>
  <message>
   <source>Local standards…</source>
   <translation>本地执行标准…</translation>
  </message>
  <message>
   <source>Basemap…</source>
   <translation>底图…</translation>
  </message>
  <message>
   <source>Deleted records…</source>
   <translation>已删除的记录…</translation>
  </message>
  <message>
   <source>Close the register</source>
   <translation>关闭档案库</translation>
  </message>
  <message>
   <source>Records</source>
   <translation>采集记录</translation>
  </message>
  <message>
   <source>All that are not ended</source>
   <translation>不含已终止的</translation>
  </message>
  <message>
   <source>Wait for a point</source>
   <translation>待补点位</translation>
  </message>
  <message>
   <source>Drafts</source>
   <translation>草稿</translation>
  </message>
  <message>
   <source>Not handed in yet, or returned</source>
   <translation>尚未提交或被退回的</translation>
  </message>
  <message>
   <source>Submitted</source>
   <translation>已提交</translation>
  </message>
  <message>
   <source>Handed in or approved</source>
   <translation>已提交或已审核的</translation>
  </message>
  <message>
   <source>{count} wait for review</source>
   <translation>{count} 条待审核</translation>
  </message>
  <message>
   <source>Making the sample register</source>
   <translation>生成示例档案库</translation>
  </message>
  <message>
   <source>Open a register</source>
   <translation>打开档案库</translation>
  </message>
  <message>
   <source>Aerial picture of the sample</source>
   <translation>示例航拍影像</translation>
  </message>
  <message>
   <source>Empty collection sheet</source>
   <translation>空白采集表</translation>
  </message>
  <message>
   <source>The sample is ready: {path}</source>
   <translation>示例档案库已生成：{path}</translation>
  </message>
  <message>
   <source>The empty collection sheet is ready: {path}</source>
   <translation>空白采集表已生成：{path}</translation>
  </message>
  <message>
   <source>Make a fresh one</source>
   <translation>另建一个新的</translation>
  </message>
  <message>
   <source>The sample is open as you left it: {path}</source>
   <translation>已打开上次的示例档案库：{path}</translation>
  </message>
  <message>
   <source>{county} origin register</source>
   <translation>{county}产地档案库</translation>
  </message>
  <message>
   <source>Origin Map sample</source>
   <translation>产地一张图示例</translation>
  </message>
  <message>
   <source>{county} collection sheet</source>
   <translation>{county}采集表</translation>
  </message>
  <message>
   <source>Opened before</source>
   <translation>最近打开</translation>
  </message>
  <message>
   <source>A register holds a county's collection records in one file. Begin with one of these:</source>
   <translation>一个县的采集记录都保存在一个档案库文件中。请选择：</translation>
  </message>
  <message>
   <source>For a county that has none yet: choose the county, that is all.</source>
   <translation>本县还没有档案库时用，选好县名即可。</translation>
  </message>
  <message>
   <source>A .gpkg file on this computer or from a colleague.</source>
   <translation>打开本机上的或同事给的 .gpkg 文件。</translation>
  </message>
  <message>
   <source>Try the sample</source>
   <translation>用示例试一试</translation>
  </message>
  <message>
   <source>An invented county to practise on. Nothing in it is real.</source>
   <translation>虚构的示例县，供练习使用，内容均非真实。</translation>
  </message>
  <message>
   <source>and {number} more</source>
   <translation>还有 {number} 项</translation>
  </message>
  <message>
   <source>{kilometres} km</source>
   <translation>{kilometres} 公里</translation>
  </message>
  <message>
   <source>{metres} m</source>
   <translation>{metres} 米</translation>
  </message>
  <message>
   <source>The register was made by an earlier version. Its form and code lists are those of this version now; the records are as they were.</source>
   <translation>档案库由旧版本建立，表单和代码表已更新为当前版本，记录没有变动。</translation>
  </message>
  <message>
   <source>Open or make a register first, then import.</source>
   <translation>请先打开或新建档案库，再导入采集表。</translation>
  </message>
  <message>
   <source>Origin Map panel</source>
   <translation>产地一张图面板</translation>
  </message>
  <message>
   <source>“{file}” is a collection sheet. Open or make a register first, then drop it again.</source>
   <translation>“{file}”是采集表。请先打开或新建档案库，再把它拖进来。</translation>
  </message>
  <message>
   <source>Origin map: records</source>
   <translation>产地一张图：采集记录</translation>
  </message>
  <message>
   <source>That is me too</source>
   <translation>与采集人相同</translation>
  </message>
  <message>
   <source>&amp;Mask names and phones where they are shown</source>
   <translation>显示时隐去姓名和电话(&amp;M)</translation>
  </message>
  <message>
   <source>Not said</source>
   <translation>不填</translation>
  </message>
  <message>
   <source>Folder for registers and workbooks</source>
   <translation>档案库和采集表所在文件夹</translation>
  </message>
  <message>
   <source>Full &amp;name</source>
   <translation>姓名(&amp;N)</translation>
  </message>
  <message>
   <source>&amp;Phone</source>
   <translation>电话(&amp;P)</translation>
  </message>
  <message>
   <source>My &amp;area</source>
   <translation>负责区域(&amp;A)</translation>
  </message>
  <message>
   <source>M&amp;y role</source>
   <translation>我的身份(&amp;Y)</translation>
  </message>
  <message>
   <source>&amp;Role</source>
   <translation>类别(&amp;R)</translation>
  </message>
  <message>
   <source>Nam&amp;e</source>
   <translation>姓名(&amp;E)</translation>
  </message>
  <message>
   <source>P&amp;hone</source>
   <translation>电话(&amp;H)</translation>
  </message>
  <message>
   <source>&amp;Folder</source>
   <translation>文件夹(&amp;F)</translation>
  </message>
  <message>
   <source>On maps and in lists: 张*, 138****1234. Forms show them in full.</source>
   <translation>地图和列表中显示为 张*、138****1234；填写的表单中仍显示全部。</translation>
  </message>
  <message>
   <source>Who I am: stands as collector in new records</source>
   <translation>我是谁（新采集记录的采集人）</translation>
  </message>
  <message>
   <source>Grid officer: stands in new records</source>
   <translation>网格员（填入新采集记录）</translation>
  </message>
  <message>
   <source>Registers and workbooks</source>
   <translation>档案库和采集表</translation>
  </message>
  <message>
   <source>Personal data</source>
   <translation>个人信息</translation>
  </message>
  <message>
   <source>Not a phone number: a mobile has 11 digits, such as 13800000001.</source>
   <translation>不是有效的电话号码：手机号应为 11 位，如 13800000001。</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>快捷键</translation>
  </message>
  <message>
   <source>Usual keys</source>
   <translation>恢复默认</translation>
  </message>
  <message>
   <source>{keys} already stands for “{action}” and is not taken over.</source>
   <translation>{keys} 已用于“{action}”，不会改过来，请换一个。</translation>
  </message>
  <message>
   <source>Press the keys</source>
   <translation>按下快捷键</translation>
  </message>
  <message>
   <source>Register</source>
   <translation>档案库</translation>
  </message>
  <message>
   <source>Georeference</source>
   <translation>批量定位</translation>
  </message>
  <message>
   <source>Map</source>
   <translation>一张图</translation>
  </message>
  <message>
   <source>Check records</source>
   <translation>检查记录</translation>
  </message>
  <message>
   <source>Finds what is incomplete, against the standard or evidently wrong: points outside the stated division or shifted, slips in coordinates, copied or evenly stepped points, implausible scales and periods, shared phones, producers written in several ways, duplicates. All records are compared; the conditions choose whose findings are told. Findings set aside are left out until their record changes. Nothing is changed unless you ask for the proposed points to be applied; the history keeps what was, and approved records wait for their review again. Names and phones are masked unless you say otherwise; in full they need a purpose, which is noted in the register.</source>
   <translation>查出不完整、不合标准和明显有误的记录：点位不在所填区划或整体偏移，坐标笔误，点位复制或等距排列，规模、上市时间不合常理，一个电话对应多个主体，同一主体写法不一，重复记录。检查时全部记录互相比对，条件只决定列出哪些记录的问题。已搁置的问题在记录变动之前不再列出。除非选择按建议改正点位，否则不改任何记录；改正前的内容留在历史里，已审核的记录改正后要重新审核。默认隐去姓名和电话；显示全部须填写用途，并记入档案库。</translation>
  </message>
  <message>
   <source>Apply the proposed points (only those without an alternative)</source>
   <translation>按建议改正点位（只改没有其他可能的）</translation>
  </message>
  <message>
   <source>Apply only to the records of this import (number)</source>
   <translation>只改这一导入批次的记录（批次号）</translation>
  </message>
  <message>
   <source>Who applies them (name)</source>
   <translation>改正人（姓名）</translation>
  </message>
  <message>
   <source>Records checked</source>
   <translation>检查的记录</translation>
  </message>
  <message>
   <source>Records with findings</source>
   <translation>有问题的记录</translation>
  </message>
  <message>
   <source>Records changed</source>
   <translation>已改正的记录</translation>
  </message>
  <message>
   <source>Records left as they are</source>
   <translation>未办理的记录</translation>
  </message>
  <message>
   <source>Kinds (none: all)</source>
   <translation>类别（不选为全部）</translation>
  </message>
  <message>
   <source>Report as one page</source>
   <translation>检查报告（网页）</translation>
  </message>
  <message>
   <source>Findings as workbook</source>
   <translation>问题清单（工作簿）</translation>
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
   <source>Prints the register's points on a sheet of paper: symbol and colour say the product, size says the scale in multiples of the threshold, hollow symbols stand at approximate places; symbols that would cover each other are moved apart. Other styles colour divisions or cells, or show density, pies or states, each with its own legend. An atlas adds a page for each township, product or month. The sheet is looked over before it is printed: personal data, old data, what cannot be read. A map that is published needs a map review number.</source>
   <translation>把档案库的点位印成图：图形和颜色表示产品，大小表示规模为采集标准的多少倍，空心表示近似点位；会互相遮盖的符号自动错开。也可用其他样式：行政区划或网格分级、密度、饼图、办理状态，图例随样式而变。图集为每个乡镇、每种产品或每个上市月份各加一页。打印前检查个人信息、过期数据和看不清的内容。公开发表的地图须有审图号。</translation>
  </message>
  <message>
   <source>none</source>
   <translation>不出分幅图</translation>
  </message>
  <message>
   <source>one per township</source>
   <translation>每个乡镇一页</translation>
  </message>
  <message>
   <source>one per product</source>
   <translation>每种产品一页</translation>
  </message>
  <message>
   <source>one per month on the market</source>
   <translation>每个上市月份一页</translation>
  </message>
  <message>
   <source>Title (empty: made from the conditions)</source>
   <translation>标题（不填则按查询条件生成）</translation>
  </message>
  <message>
   <source>What the map shows (empty: the division or the county)</source>
   <translation>图幅范围（不填：条件中的行政区划或全县）</translation>
  </message>
  <message>
   <source>Made by</source>
   <translation>制图单位（人）</translation>
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
   <source>More pages</source>
   <translation>图集</translation>
  </message>
  <message>
   <source>Folder for a PDF of each page</source>
   <translation>每页单独存为 PDF 的文件夹</translation>
  </message>
  <message>
   <source>Records on the map</source>
   <translation>图上记录数</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>页数</translation>
  </message>
  <message>
   <source>The register has no division of that code.</source>
   <translation>档案库里没有这个代码的行政区划。</translation>
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
   <source>Table</source>
   <translation>表格</translation>
  </message>
  <message>
   <source>Records written</source>
   <translation>写出记录数</translation>
  </message>
  <message>
   <source>Prints the records of a query as a list by village to take along for verifying, with room to tick and to write. Names and phones of people are masked, households' names among them, unless you say otherwise; a list in full needs its purpose, which is noted in the register.</source>
   <translation>把查询到的记录按村排成清单，带到现场核实，留有勾选和书写的位置。个人姓名和电话默认隐去，农户的主体名称也隐去；要印全，须填写用途，用途记入档案库。</translation>
  </message>
  <message>
   <source>Field sheet as PDF</source>
   <translation>现场核实表（PDF）</translation>
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
   <source>Central meridian of eastings without a zone (degrees)</source>
   <translation>无带号横坐标的中央子午线（度）</translation>
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
   <source>Records of this import</source>
   <translation>本次导入的记录</translation>
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
   <source>Width of cells (kilometres)</source>
   <translation>网格宽（千米）</translation>
  </message>
  <message>
   <source>Width of cells (kilometres; 0: as it looks well on the paper)</source>
   <translation>网格宽度（千米；0：按纸张自动确定）</translation>
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
   <source>Divisions by</source>
   <translation>统计到</translation>
  </message>
  <message>
   <source>symbols near, pies from far</source>
   <translation>近看符号、远看饼图</translation>
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
   <source>Omissions</source>
   <translation>疑似漏采</translation>
  </message>
  <message>
   <source>Looks for what may have been left out: villages that reported and now are silent, producers that vanished without having ended, scale that halved, producers of another office's list (certificates, insurance) without a record, and townships with far fewer or more sites than their neighbours. A list is matched by credit code, else by name and place, with the score shown. Nothing is proof: each line says what it compares.</source>
   <translation>查找可能漏采的：上一期报过、本期整村未报的村，未登记终止而没有续报的主体，规模减半的主体，其他部门名册（认证、保险等）里有而档案库没有的主体，产地数与相邻乡镇相差悬殊的乡镇。名册先按统一社会信用代码比对，再按名称和地点比对，并列出匹配度。结果只是线索，每条都写明比较了什么，须逐条核实。</translation>
  </message>
  <message>
   <source>As of this day (YYYY-MM-DD; empty: today)</source>
   <translation>截至哪一天（YYYY-MM-DD，不填为今天）</translation>
  </message>
  <message>
   <source>List of producers of another office (workbook)</source>
   <translation>其他部门的主体名册（表格）</translation>
  </message>
  <message>
   <source>Score from which on two producers are taken for one (0–1)</source>
   <translation>匹配度达到多少视为同一主体（0–1）</translation>
  </message>
  <message>
   <source>Omissions as workbook</source>
   <translation>疑似漏采表</translation>
  </message>
  <message>
   <source>Possible omissions</source>
   <translation>疑似漏采</translation>
  </message>
  <message>
   <source>Silent villages</source>
   <translation>整村未报</translation>
  </message>
  <message>
   <source>Vanished producers</source>
   <translation>主体未续报</translation>
  </message>
  <message>
   <source>Scale that halved</source>
   <translation>规模减半</translation>
  </message>
  <message>
   <source>On the list without a record</source>
   <translation>名册有而无记录</translation>
  </message>
  <message>
   <source>Townships that stand out</source>
   <translation>乡镇疏密异常</translation>
  </message>
  <message>
   <source>Overdue returns</source>
   <translation>逾期未改清单</translation>
  </message>
  <message>
   <source>Lists what was returned and not mended by its deadline, still open or mended late, for the performance review: per collector, per township and return by return, as a workbook to print and as a layer. In time, within the deadline, late and overdue add up to all returns. The collector is who had collected the record when it was returned. Names and phones are masked unless you say otherwise; a list in full needs its purpose, which is noted in the register.</source>
   <translation>列出退回后没有按期整改的记录（仍未改的和逾期才改的），供绩效评价用：按信息采集员、按乡镇、逐次列明，输出可打印的工作簿和图层。按期已改、期限内待改、逾期已改、逾期未改相加就是退回次数。信息采集员以退回时为准。姓名和电话默认隐去；完整清单须填用途，用途记入档案库。</translation>
  </message>
  <message>
   <source>Returns</source>
   <translation>退回</translation>
  </message>
  <message>
   <source>Mended in time</source>
   <translation>按期已改</translation>
  </message>
  <message>
   <source>Still within the deadline</source>
   <translation>期限内待改</translation>
  </message>
  <message>
   <source>Mended late</source>
   <translation>逾期已改</translation>
  </message>
  <message>
   <source>Overdue</source>
   <translation>逾期未改</translation>
  </message>
  <message>
   <source>Most days behind the deadline</source>
   <translation>最长逾期天数</translation>
  </message>
  <message>
   <source>Deadlines from (YYYY-MM-DD)</source>
   <translation>整改期限自（YYYY-MM-DD）</translation>
  </message>
  <message>
   <source>Deadlines until (YYYY-MM-DD)</source>
   <translation>整改期限至（YYYY-MM-DD）</translation>
  </message>
  <message>
   <source>As it stood at the end of this day (YYYY-MM-DD; empty: today)</source>
   <translation>截至哪一天（YYYY-MM-DD；不填为今天）</translation>
  </message>
  <message>
   <source>List for the performance review</source>
   <translation>绩效评价清单</translation>
  </message>
  <message>
   <source>Returns not mended in time</source>
   <translation>逾期的退回</translation>
  </message>
  <message>
   <source>Returns by township</source>
   <translation>各乡镇退回整改情况</translation>
  </message>
  <message>
   <source>Prints a page for each record of a query: what the register says of it, and a small map of its place. Names and phones of people are masked, households' names among them, unless you say otherwise; cards in full need their purpose, which is noted in the register.</source>
   <translation>查询到的每条记录印一页：档案内容和位置小图。个人姓名和电话默认隐去，农户的主体名称也隐去；要印全，须填写用途，用途记入档案库。</translation>
  </message>
  <message>
   <source>Cards as PDF</source>
   <translation>卡片（PDF）</translation>
  </message>
  <message>
   <source>Cards</source>
   <translation>卡片数</translation>
  </message>
  <message>
   <source>At most</source>
   <translation>最多出几张</translation>
  </message>
  <message>
   <source>Progress report</source>
   <translation>采集进度</translation>
  </message>
  <message>
   <source>Counts, per township and collector, how many sites are to be collected in the present month or crop and how many are: complete, located, verified, approved, in time, with open findings. Collected and missing add up to what is expected; in time and late to what is collected; and each number leads to its sites. As workbook, table, map of townships, one page (PDF) and web page, and as notices to be sent to each collector. Names and phones are masked unless you say otherwise; a list in full needs its purpose, which is noted in the register.</source>
   <translation>按乡镇和信息采集员统计本期（当月或当茬）应采集多少处、已采集多少处，其中信息完整、点位精确、已核实、已审核、按期和有问题的各多少。已采集与未采集之和即应采集，按期与逾期补采之和即已采集，每个数都能落到逐处。可输出进度表、乡镇图、一页报告（PDF）、网页和逐人的催办通知。姓名和电话默认隐去；完整清单须填用途，记入档案库。</translation>
  </message>
  <message>
   <source>Check the records and count open findings</source>
   <translation>同时检查记录，统计未处理的问题</translation>
  </message>
  <message>
   <source>Folder for the notices to collectors</source>
   <translation>催办通知的文件夹</translation>
  </message>
  <message>
   <source>Progress as workbook</source>
   <translation>进度表</translation>
  </message>
  <message>
   <source>Progress on one page</source>
   <translation>一页进度报告</translation>
  </message>
  <message>
   <source>Progress as web page</source>
   <translation>进度网页</translation>
  </message>
  <message>
   <source>Progress as table</source>
   <translation>进度（表）</translation>
  </message>
  <message>
   <source>Progress by township</source>
   <translation>各乡镇采集率</translation>
  </message>
  <message>
   <source>Sites behind the numbers</source>
   <translation>逐处进度</translation>
  </message>
  <message>
   <source>Expected</source>
   <translation>应采集</translation>
  </message>
  <message>
   <source>Collected already</source>
   <translation>已采集</translation>
  </message>
  <message>
   <source>Missing</source>
   <translation>未采集</translation>
  </message>
  <message>
   <source>Open findings</source>
   <translation>问题数</translation>
  </message>
  <message>
   <source>People with something to do</source>
   <translation>需催办的人数</translation>
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
   <source>Further products by name, also the county's own</source>
   <translation>其他产品名称（含本县自定产品，用顿号或空格分开）</translation>
  </message>
  <message>
   <source>Products (none: all)</source>
   <translation>产品（不选为全部）</translation>
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
   <source>Further condition (SQL)</source>
   <translation>其他条件（SQL）</translation>
  </message>
  <message>
   <source>Name of a saved query, on which the other conditions are laid</source>
   <translation>已保存的查询名称，其他条件叠加其上</translation>
  </message>
  <message>
   <source>Approve or return records</source>
   <translation>审核或退回记录</translation>
  </message>
  <message>
   <source>Approves the submitted records of a query, or of a layer, or returns them with a reason and a deadline: all of them in one step, which can be taken back as one. Nobody reviews what they collected themselves. What cannot go stays as it is and is listed with the reason; reviewed and left records add up to those found. Try it first to see what would not go.</source>
   <translation>把查询到的或图层里的已提交记录审核通过，或写明原因和期限退回，一次办理是一个步骤，可以整批撤销。自己采集的记录不能自己审核。不能办理的保持原样，逐条写明原因；已办理和未办理相加就是找到的记录。可以先试办，看看哪些办不了、为什么。</translation>
  </message>
  <message>
   <source>To be mended until (YYYY-MM-DD, or days from today)</source>
   <translation>整改期限（YYYY-MM-DD，或从今天起的天数）</translation>
  </message>
  <message>
   <source>Step</source>
   <translation>办理事项</translation>
  </message>
  <message>
   <source>Reason of the return</source>
   <translation>退回原因</translation>
  </message>
  <message>
   <source>Comments on fields</source>
   <translation>对栏目的意见</translation>
  </message>
  <message>
   <source>Remark</source>
   <translation>意见</translation>
  </message>
  <message>
   <source>{step}: {gone} of {count} records, {stayed} left as they are.</source>
   <translation>{step}：共 {count} 条，已办理 {gone} 条，未办理 {stayed} 条。</translation>
  </message>
  <message>
   <source>Phone of that person</source>
   <translation>办理人手机号</translation>
  </message>
  <message>
   <source>… and {count} more; all are in the list of what is left as it is.</source>
   <translation>……另有 {count} 条，见未办理清单。</translation>
  </message>
  <message>
   <source>{step}, only tried: {gone} of {count} records could, {stayed} could not.</source>
   <translation>{step}（试办）：共 {count} 条，可以办理 {gone} 条，不能办理 {stayed} 条。</translation>
  </message>
  <message>
   <source>Division that this person looks after (code; empty: all)</source>
   <translation>办理人负责的行政区划（代码；不填不限）</translation>
  </message>
  <message>
   <source>Number of the step, by which it can be taken back: {step}</source>
   <translation>本次办理的编号（撤销时用）：{step}</translation>
  </message>
  <message>
   <source>Who takes this step (name)</source>
   <translation>办理人姓名</translation>
  </message>
  <message>
   <source>Only the records of this layer (with the column uid)</source>
   <translation>只办理这个图层里的记录（要有 uid 字段）</translation>
  </message>
  <message>
   <source>Records left as they are, as workbook</source>
   <translation>未办理清单（工作簿）</translation>
  </message>
  <message>
   <source>Records that took the step</source>
   <translation>已办理的记录</translation>
  </message>
  <message>
   <source>Records left as they are, with reasons</source>
   <translation>未办理的记录和原因</translation>
  </message>
  <message>
   <source>Records found</source>
   <translation>查到的记录数</translation>
  </message>
  <message>
   <source>Number of the step</source>
   <translation>办理编号</translation>
  </message>
  <message>
   <source>Set how often a product is collected</source>
   <translation>设定采集频次</translation>
  </message>
  <message>
   <source>Lets a county set for a product how often it is collected, which crops are grown in a year, how many days ahead it is told and how many days are given. It counts in this register, for lists, checks and reports; records stay as they are. The national rule can be taken again at any time.</source>
   <translation>由县里设定一种产品多久采集一次、一年种哪几茬、提前几天提醒、宽限几天。只在本档案库有效，用于清单、检查和报告，不改动记录；随时可以恢复国家标准。</translation>
  </message>
  <message>
   <source>Crops of a year, such as 春茬 秋茬 (empty: what each site grew before)</source>
   <translation>一年种哪几茬，如 春茬 秋茬（不填：按各产地以前种过的）</translation>
  </message>
  <message>
   <source>as the national standard says</source>
   <translation>按国家标准</translation>
  </message>
  <message>
   <source>every crop</source>
   <translation>每茬</translation>
  </message>
  <message>
   <source>every month</source>
   <translation>每月</translation>
  </message>
  <message>
   <source>Days before it is due from which on it is due soon</source>
   <translation>提前几天算即将到期</translation>
  </message>
  <message>
   <source>Days given after the planting of a crop</source>
   <translation>移栽定植后给几天</translation>
  </message>
  <message>
   <source>Last day of the month for a month (0: its end)</source>
   <translation>每月几日前采集（0 为月底）</translation>
  </message>
  <message>
   <source>The rule in words</source>
   <translation>规定的一句话</translation>
  </message>
  <message>
   <source>Counts the records of a query by division, product, class of scale and month, as a workbook with charts and as a table. Totals add up; a producer with several records is counted once, and scales are added within one unit only. The calendar tells in which ten-day periods a product is on the market.</source>
   <translation>按行政区划、产品、规模和月份统计符合条件的记录，得到带图表的工作簿和表。合计等于各行相加；同一主体只计一次，规模只在同一单位内相加。上市日历说明各产品在哪些旬上市。</translation>
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
   <source>Month</source>
   <translation>月份</translation>
  </message>
  <message>
   <source>Statistics as workbook</source>
   <translation>统计工作簿</translation>
  </message>
  <message>
   <source>Statistics on one page</source>
   <translation>一页统计（PDF）</translation>
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
   <source>{title} (as of {moment})</source>
   <translation>{title}（截至 {moment}）</translation>
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
   <source>Styled layer</source>
   <translation>带样式的图层</translation>
  </message>
  <message>
   <source>Submit records</source>
   <translation>提交记录</translation>
  </message>
  <message>
   <source>Submits the drafts and returned records of a query, or of a layer, for review: all of them in one step, which can be taken back as one. What is incomplete or breaks a rule stays as it is and is listed with the reason; submitted and left records add up to those found. Try it first to see what would not go.</source>
   <translation>把查询到的或图层里的草稿和已退回记录提交审核，一次办理是一个步骤，可以整批撤销。信息不全、不符合数据标准的保持原样，逐条写明原因；已提交和未提交相加就是找到的记录。可以先试办，看看哪些提交不了、为什么。</translation>
  </message>
  <message>
   <source>Acting as</source>
   <translation>身份</translation>
  </message>
  <message>
   <source>Take back a step</source>
   <translation>撤销办理</translation>
  </message>
  <message>
   <source>Takes back what one person submitted, approved or returned at one go, in the dock or by an algorithm: all records of that step go back to the state they had before. Nothing is erased: the history keeps the step and its taking back. Only the person who took the step can take it back, and only what has not moved on since; what stays is listed with the reason. Without a number it is that person's last step.</source>
   <translation>把一个人一次提交、审核通过或退回的记录（在面板里办理的或用算法办理的）整批撤销，恢复到办理前的状态。什么都不会抹掉：历史里既有这次办理，也有撤销。只有当时的办理人能撤销；此后又有变化的记录保持原样，并列出原因。不填编号，则撤销本人最近一次办理。</translation>
  </message>
  <message>
   <source>Number of the step (empty: the person's last one)</source>
   <translation>办理的编号（不填为本人最近一次）</translation>
  </message>
  <message>
   <source>Updates due</source>
   <translation>应采集清单</translation>
  </message>
  <message>
   <source>Lists what is to be collected again: livestock and aquatic products every month, crops with each crop that is planted, or as the county set it. Each site with a product is overdue, due, due soon or collected, and these four add up to all sites. A crop is expected on the day of the year on which the site's crop of that name was planted before. Names and phones are masked unless you say otherwise; a list in full needs its purpose, which is noted in the register.</source>
   <translation>列出该再次采集的产地：畜牧业、渔业每月一次，种植业每茬一次，县里另有规定的从其规定。每处产地每种产品分为逾期、应采集、即将到期、已采集，四者之和即全部产地。下一茬按该产地同名茬次上次移栽定植的日子推算。姓名和电话默认隐去；完整清单须填用途，记入档案库。</translation>
  </message>
  <message>
   <source>Layer with all sites, also those that are collected</source>
   <translation>图层列出全部产地，已采集的也在内</translation>
  </message>
  <message>
   <source>List of what is due</source>
   <translation>应采集清单（表格）</translation>
  </message>
  <message>
   <source>Sites</source>
   <translation>产地数</translation>
  </message>
  <message>
   <source>Due</source>
   <translation>应采集</translation>
  </message>
  <message>
   <source>Sites due</source>
   <translation>应采集的产地</translation>
  </message>
  <message>
   <source>Sites due by collector</source>
   <translation>各采集员应采集数</translation>
  </message>
  <message>
   <source>{checked} links checked, {broken} broken, {unsealed} entries not sealed yet.</source>
   <translation>核对 {checked} 条，断开 {broken} 处，尚未封存 {unsealed} 条。</translation>
  </message>
  <message>
   <source>Verify history</source>
   <translation>核验历史</translation>
  </message>
  <message>
   <source>Looks whether the triggers that hold rules and history are as they were made, holds records, history and reviews against the chain of seals in the register, and names the first link that does not hold: what was changed, is missing or was put in outside of the register's own ways. What was not sealed yet is counted, and can be sealed here. Keep the print of the last link outside of the register, on paper or in a report, and give it the next time: a chain that somebody made anew from the start, or cut off at its end, does not have it.</source>
   <translation>先看执行规则、记录历史的触发器是否和建立时一样，再把记录、历史和审核步骤与档案库里的封存链逐条核对，指出第一处不符：哪里绕过档案库被改动、缺失或插入。尚未封存的会计数，也可以在这里封存。请把末环印记记在档案库之外（纸上或报告里），下次核验时填入：整条链被人从头重做，或者末尾被截掉，链上就没有这个印记。</translation>
  </message>
  <message>
   <source>Print of the last link, as an earlier run told it</source>
   <translation>以前核验得到的末环印记</translation>
  </message>
  <message>
   <source>Seal what is not sealed yet, if all links hold</source>
   <translation>全部相符时，把尚未封存的也封存</translation>
  </message>
  <message>
   <source>… and {count} more broken links.</source>
   <translation>……另有 {count} 处断开。</translation>
  </message>
  <message>
   <source>Broken links</source>
   <translation>断开的环</translation>
  </message>
  <message>
   <source>Links that were checked</source>
   <translation>核对的条数</translation>
  </message>
  <message>
   <source>Entries not sealed yet</source>
   <translation>尚未封存的条数</translation>
  </message>
  <message>
   <source>Times that triggers were put right before</source>
   <translation>以前补回触发器的次数</translation>
  </message>
  <message>
   <source>First broken link</source>
   <translation>第一处断开</translation>
  </message>
  <message>
   <source>Print of the last link</source>
   <translation>末环印记</translation>
  </message>
  <message>
   <source>Print of the last link: {head}</source>
   <translation>末环印记：{head}</translation>
  </message>
 </context>
</TS>
