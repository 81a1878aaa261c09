"""Our own work on the network: planned, checked against all else, approved, announced, ended."""
