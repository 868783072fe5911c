$a\
<meta name="PubDate" content="2025-01-01 00:00">
