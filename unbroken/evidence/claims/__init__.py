"""What customers say of their line, in English, Russian and Italian, held beside the records.

A claim is never held against the person: it is set beside what was recorded, and either agrees,
differs, or cannot be known. Pure.
"""
