"""A company on the portal: its sites, and who of its people sees what."""
