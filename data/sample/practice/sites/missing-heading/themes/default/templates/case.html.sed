s/<h1/<p/g
s/<\/h1/<\/p/g
