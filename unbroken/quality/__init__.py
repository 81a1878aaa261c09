"""What the desk's work amounts to: figures by day, answers read again, reports people keep.

Figures are projections: counted from the record, thrown away and counted again at will, so that no
page has to look through tickets. It judges nobody by itself and promises nothing.
"""
