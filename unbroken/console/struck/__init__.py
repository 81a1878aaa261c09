"""A request beside the problems that many share: which it belongs to, which would fit it."""
