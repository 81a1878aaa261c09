"""One box that finds: words, numbers, names, telephones, circuits, addresses, files' words.

It keeps an index of what the rooms below say, fed by their letters and thrown away and built
again at will. It decides nothing and shows nothing that the one who asks may not see.
"""
