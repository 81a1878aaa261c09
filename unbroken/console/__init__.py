"""What agents see. Pages and live fragments; it decides nothing."""
