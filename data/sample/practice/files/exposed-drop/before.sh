# 练习：批次所在的版本库有一个外面的远程地址。
git init --quiet
git remote add origin https://code.example.com/qingyuan/site.git
