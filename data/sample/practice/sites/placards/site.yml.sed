# 练习：公示牌的字体文件写错，并要求印照片。
$a\
placards: {font: 没有的字体.otf, photos: true}
