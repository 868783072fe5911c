$a\
<img src="/assets/none.png">
