"""What stands beside a ticket: who follows it, what is left to do, how long it took."""
