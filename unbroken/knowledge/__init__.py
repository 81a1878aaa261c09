"""What is known: articles on the one tree of topics, for agents and for customers.

An article is written once and worded in several languages. What has not been published is
seen by nobody outside this room, what is internal by no customer, and what is past its date
by neither. Known errors and workarounds move in here when the outage room opens.
"""
