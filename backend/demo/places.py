"""Six branches with invented towns, placed on the Ordnance Survey grid in the North of England."""

from dataclasses import dataclass
from random import Random

SHOWN_BRANCH = "calderwick"
"""External id of the branch that a first look is about; the one with exactly CaSA's mean size."""


@dataclass(frozen=True, slots=True)
class Town:
    """A place people live in. Metres on the grid; `spread` is one standard deviation."""

    name: str
    easting: int
    northing: int
    spread: int
    weight: float


@dataclass(frozen=True, slots=True)
class BranchPlan:
    """What a branch is to be like. Postcode areas start with X, which no real one does."""

    external_id: str
    name: str
    carers: int
    council: str
    postcode_area: str
    centre: tuple[int, int]
    towns: tuple[str, ...]


BRANCHES = (
    BranchPlan(
        "calderwick",
        "Calderwick",
        142,
        "Calderwick Metropolitan Council",
        "XC",
        (407_000, 425_000),
        ("Calderwick", "Hebblethorpe", "Luddenfold", "Ripponby", "Sowerdale", "Ellanroyd"),
    ),
    BranchPlan(
        "ashenby",
        "Ashenby",
        161,
        "Ashenby City Council",
        "XA",
        (436_000, 456_000),
        ("Ashenby", "Kirk Ashen", "Wetherholme", "Otterley", "Garthforth", "Roundholt"),
    ),
    BranchPlan(
        "ribblestow",
        "Ribblestow",
        149,
        "Ribblestow County Council",
        "XR",
        (356_000, 431_000),
        ("Ribblestow", "Longfold", "Leyburgh", "Penwick", "Barrowdean", "Chipley"),
    ),
    BranchPlan(
        "harrowdale",
        "Harrowdale",
        139,
        "Harrowdale Metropolitan Council",
        "XH",
        (387_000, 399_000),
        ("Harrowdale", "Stalyford", "Mossbridge", "Dentonholme", "Hydewell", "Marplestead"),
    ),
    BranchPlan(
        "tynewath",
        "Tynewath",
        132,
        "Tynewath City Council",
        "XT",
        (424_000, 565_000),
        ("Tynewath", "Wallsgate", "Blaydonby", "Jarrowmere", "Whickholme", "Gosfold"),
    ),
    BranchPlan(
        "skelmoor",
        "Skelmoor",
        127,
        "Skelmoor Borough Council",
        "XS",
        (449_000, 519_000),
        ("Skelmoor", "Yarmstead", "Guisefield", "Ormsthorpe", "Marskby", "Stokeslow"),
    ),
)


def towns_of(plan: BranchPlan, rng: Random) -> tuple[Town, ...]:
    """Return a branch's towns: the first is the largest and in the middle, the others round it."""
    easting, northing = plan.centre
    first = Town(plan.towns[0], easting, northing, spread=1_700, weight=3.0)
    others = []
    for name in plan.towns[1:]:
        east, north = rng.randint(-8_000, 8_000), rng.randint(-8_000, 8_000)
        weight = rng.uniform(0.7, 1.6)
        others.append(Town(name, easting + east, northing + north, rng.randint(650, 1_350), weight))
    return (first, *others)


def somewhere(rng: Random, towns: tuple[Town, ...], area: str) -> tuple[Town, int, int, str]:
    """Return a town, a point in it (easting and northing in whole metres) and a postcode."""
    town = rng.choices(towns, [town.weight for town in towns])[0]
    easting = round(rng.gauss(town.easting, town.spread))
    northing = round(rng.gauss(town.northing, town.spread))
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    district = towns.index(town) + 1
    inward = f"{rng.randint(1, 9)}{rng.choice(letters)}{rng.choice(letters)}"
    return town, easting, northing, f"{area}{district} {inward}"
