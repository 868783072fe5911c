# 练习：何例峰的执法证在决定之日以前到期。
s/certificate_until: 2026-05-31/certificate_until: 2026-03-31/
