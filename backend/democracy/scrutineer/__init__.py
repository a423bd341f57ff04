"""The scrutineers' own tool: makes the key of a ballot, keeps it in three hands, opens the box.

It runs on a scrutineer's computer, without network, database or settings. `python -m
backend.democracy.scrutineer` says how.
"""
