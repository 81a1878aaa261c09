"""Lines that devices log (RFC 5424, RFC 3164), and what some of them mean. Pure, no socket."""
