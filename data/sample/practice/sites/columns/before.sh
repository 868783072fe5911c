# 练习：删去救济渠道栏目。
rm content/shiqian/jiuji.md
