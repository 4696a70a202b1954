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
   <source>Origin Map</source>
   <translation>产地一张图</translation>
  </message>
 </context>
</TS>
