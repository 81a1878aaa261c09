"""Pictures in articles: what a picture is, kept without what its camera knew."""
