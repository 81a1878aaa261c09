"""Pages and paths on an agent's screen: "I have it", who is on call, what climbs, how it is set."""
