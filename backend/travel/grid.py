"""Cells of the Ordnance Survey grid, which stand for the homes in them, and their coordinates.

Only cells are ever told to a route service or kept with a travel time: squares of a hundred
metres, in which a home is one among others.
"""

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

CELL_METRES: Final = 100
"""The middle of a cell is at most 71 metres away: a minute on foot, seconds by car."""

EAST_END, NORTH_END = 700_000, 1_300_000
"""Metres where the grid ends."""


class Cell(NamedTuple):
    """A square of the grid, named by the metres of its middle."""

    easting: int
    northing: int


class LatLon(NamedTuple):
    """Degrees on the globe (WGS84), as route services read them."""

    latitude: float
    longitude: float


def cell_of(easting: float, northing: float) -> Cell | None:
    """Return the cell of a point; None outside the grid, as in made-up problems."""
    if not (0 <= easting < EAST_END and 0 <= northing < NORTH_END):
        return None
    half = CELL_METRES // 2
    return Cell(
        int(easting // CELL_METRES) * CELL_METRES + half,
        int(northing // CELL_METRES) * CELL_METRES + half,
    )


@dataclass(frozen=True, slots=True)
class _Ellipsoid:
    a: float
    b: float

    @property
    def e2(self) -> float:
        return 1 - (self.b / self.a) ** 2


AIRY: Final = _Ellipsoid(6_377_563.396, 6_356_256.909)
WGS84: Final = _Ellipsoid(6_378_137.0, 6_356_752.314245)

# The grid's projection, as the Ordnance Survey defines it: scale on the central meridian, true
# origin in radians, and metres given to the true origin.
SCALE: Final = 0.9996012717
LAT0, LON0 = math.radians(49), math.radians(-2)
EAST0, NORTH0 = 400_000, -100_000


def lat_lon(cell: Cell) -> LatLon:
    """Return a cell's middle in degrees of WGS84, to five metres or so."""
    latitude, longitude = airy_degrees(cell.easting, cell.northing)
    x, y, z = _to_globe(AIRY, math.radians(latitude), math.radians(longitude))
    return _from_globe(WGS84, *_airy_to_wgs84(x, y, z))


def airy_degrees(easting: float, northing: float) -> LatLon:
    """Return latitude and longitude on the grid's own ellipsoid (OSGB36).

    The letters are those of the Ordnance Survey's guide to coordinate systems, annexe C.
    """
    lat = LAT0
    for _ in range(20):
        missing = northing - NORTH0 - _meridian(lat)
        lat += missing / (AIRY.a * SCALE)
        if abs(missing) < 1e-5:
            break
    sin, cos, tan = math.sin(lat), math.cos(lat), math.tan(lat)
    nu = AIRY.a * SCALE / math.sqrt(1 - AIRY.e2 * sin**2)
    rho = AIRY.a * SCALE * (1 - AIRY.e2) / (1 - AIRY.e2 * sin**2) ** 1.5
    eta2 = nu / rho - 1
    t2, t4 = tan**2, tan**4
    vii = tan / (2 * rho * nu)
    viii = tan / (24 * rho * nu**3) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2)
    ix = tan / (720 * rho * nu**5) * (61 + 90 * t2 + 45 * t4)
    x = 1 / (cos * nu)
    xi = 1 / (cos * 6 * nu**3) * (nu / rho + 2 * t2)
    xii = 1 / (cos * 120 * nu**5) * (5 + 28 * t2 + 24 * t4)
    xiia = 1 / (cos * 5040 * nu**7) * (61 + 662 * t2 + 1320 * t4 + 720 * tan**6)
    d = easting - EAST0
    latitude = lat - vii * d**2 + viii * d**4 - ix * d**6
    longitude = LON0 + x * d - xi * d**3 + xii * d**5 - xiia * d**7
    return LatLon(math.degrees(latitude), math.degrees(longitude))


def _meridian(lat: float) -> float:
    """Return metres along the meridian from the true origin."""
    n = (AIRY.a - AIRY.b) / (AIRY.a + AIRY.b)
    less, more = lat - LAT0, lat + LAT0
    return (
        AIRY.b
        * SCALE
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * math.sin(less) * math.cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * math.sin(2 * less) * math.cos(2 * more)
            - 35 / 24 * n**3 * math.sin(3 * less) * math.cos(3 * more)
        )
    )


def _to_globe(shape: _Ellipsoid, lat: float, lon: float) -> tuple[float, float, float]:
    nu = shape.a / math.sqrt(1 - shape.e2 * math.sin(lat) ** 2)
    return (
        nu * math.cos(lat) * math.cos(lon),
        nu * math.cos(lat) * math.sin(lon),
        nu * (1 - shape.e2) * math.sin(lat),
    )


def _airy_to_wgs84(x: float, y: float, z: float) -> tuple[float, float, float]:
    """Shift, turn and stretch by the Ordnance Survey's published seven parameters."""
    stretch = 1 - 20.4894e-6
    rx, ry, rz = (math.radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
    return (
        446.448 + stretch * x - rz * y + ry * z,
        -125.157 + rz * x + stretch * y - rx * z,
        542.060 - ry * x + rx * y + stretch * z,
    )


def _from_globe(shape: _Ellipsoid, x: float, y: float, z: float) -> LatLon:
    p = math.hypot(x, y)
    lat = math.atan2(z, p * (1 - shape.e2))
    for _ in range(10):
        nu = shape.a / math.sqrt(1 - shape.e2 * math.sin(lat) ** 2)
        lat = math.atan2(z + shape.e2 * nu * math.sin(lat), p)
    return LatLon(math.degrees(lat), math.degrees(math.atan2(y, x)))
