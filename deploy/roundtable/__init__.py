"""What stands behind the command `./roundtable`; standard library only, since it makes the rest."""
