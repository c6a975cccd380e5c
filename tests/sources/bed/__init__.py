"""A bed of hostile addresses: a network in which every address is this machine, and a canary notes who was contacted.

`namespace` makes the network, `canary` notes, `web` and `names` answer, `cases` has the addresses; `fetching` and
`browsing` run inside and print what happened; the tests read it and judge it by `public`, a table of their own.
"""
