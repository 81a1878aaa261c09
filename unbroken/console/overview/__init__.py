"""The network as it is now, with everything that is wrong in it; and what outages cost."""
