"""What listens for the outside: one module a door, each with `main(stop)`."""
