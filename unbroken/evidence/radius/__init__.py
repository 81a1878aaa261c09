"""RADIUS accounting as it is spoken (RFC 2865, 2866, 2869) and written down. Pure, no socket."""
