"""Who works here: agents, teams, skills, and how they sign in. It never decides who gets what."""
