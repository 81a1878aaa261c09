"""What the network says: sessions, readings, alarms, log lines, notified work; and what it means.

Records are facts about the world, not changes of ours: they are appended in bulk, kept raw before
they are acknowledged, and taken in twice without harm. Nothing here changes a ticket, and nothing
is guessed: with too little data the verdict is "unknown".
"""
