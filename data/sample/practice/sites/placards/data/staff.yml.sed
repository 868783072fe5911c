# 练习：一个超出级别1的字，一张没有的照片。
s/^- name: 沈示明$/- name: 沈𬍛明\
  photo: shen.jpg/
