"""Taking in a provider's inventory: read it, check it as a whole, write what is new or different.

What cannot be right is refused item by item, with the reason; everything else goes in. A second
import of the same file writes nothing; one that was cut off is simply started again.
"""
