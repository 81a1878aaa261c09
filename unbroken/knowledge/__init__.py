"""What is known: articles on the topic tree. It never answers by itself."""
