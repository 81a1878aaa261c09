"""What listens for the network: one module a door, each with `main(stop)`."""
