"""Whether promises about control are kept, from shares of the votes in basis points."""

from backend.membership.models.promises import CovenantKind


def is_kept(
    kind: CovenantKind, *, now_bp: int | None, at_start_bp: int | None, bound_bp: int | None
) -> bool | None:
    """Say whether a promise is kept; None where only a person can judge.

    Parameters
    ----------
    now_bp, at_start_bp
        The share of the votes that the promise is about, on the date asked about and on the day
        on which the promise began; None: not recorded.
    bound_bp
        The least share that was promised; for a lock-in, None: what was held at the start.
    """
    if now_bp is None:
        return None
    if kind in (CovenantKind.TRUST_MINIMUM, CovenantKind.BLOCKING_SHARE):
        return None if bound_bp is None else now_bp >= bound_bp
    if kind in (CovenantKind.LOCK_IN, CovenantKind.NO_DILUTION):
        least = at_start_bp if bound_bp is None else bound_bp
        return None if least is None else now_bp >= least
    return None
