"""What a document says of itself, proposed as front matter with where it was found."""
