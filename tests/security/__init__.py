"""What must hold against strangers, against the curious, and against hostile input."""
