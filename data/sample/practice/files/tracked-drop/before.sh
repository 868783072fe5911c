# 练习：原始数据被加进了版本库。
git init --quiet
git add -f drops
