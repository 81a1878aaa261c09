"""What the desk saw on the line of a request, and the stop before an answer that denies it."""
