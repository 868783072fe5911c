s/<html lang="[^"]*"/<html/
