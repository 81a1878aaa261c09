"""What customers see: their own requests and nobody else's."""
