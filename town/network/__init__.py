"""A network with known truth: streets, power, copper, fibre, NASes, devices and customers' words.

Physics first: a fault is a state of a thing (a cable that is cut, a feeder without power, a joint
that is wet when it rains); what sessions, counters and alarms say follows from it, through devices
that lie, lose and delay a little. So the judge is measured on causes, not on painted patterns.
"""
