"""What came along, looked at on the page and never opened: the first page of a PDF as a picture."""
