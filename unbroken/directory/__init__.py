"""Who and what: customers, contacts, places, services, resources.

It never knows what they asked for, and it never guesses who somebody is.
"""
