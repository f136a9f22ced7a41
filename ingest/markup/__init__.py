"""HTML and Markdown to pieces, with what a reader would not see left out."""
