"""What everybody may read: a page for each article, lists by topic, what fits their words."""
