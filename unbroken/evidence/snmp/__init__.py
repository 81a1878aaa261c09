"""SNMP traps as devices send them. Pure, no socket."""
