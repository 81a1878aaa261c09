"""Dashboards: mine, the team's, the head of support's; and screens on a wall."""
