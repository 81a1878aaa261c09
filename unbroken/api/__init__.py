"""What machines see: create, read and reply over JSON."""
