"""The names that rows bear in a rota problem.

`b{pk}` branches, `c{pk}` carers, `k{pk}` clients, `v{pk}` visits.
"""


def branch_id(pk: int) -> str:
    """Return a branch's name in a problem."""
    return f"b{pk}"


def carer_id(pk: int) -> str:
    """Return a carer's name in a problem."""
    return f"c{pk}"


def client_id(pk: int) -> str:
    """Return a client's name in a problem."""
    return f"k{pk}"


def visit_id(pk: int) -> str:
    """Return a visit's name in a problem."""
    return f"v{pk}"


def pk_of(name: str) -> int:
    """Return the primary key behind a name made here."""
    return int(name[1:])
