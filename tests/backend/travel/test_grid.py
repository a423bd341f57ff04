"""Cells and coordinates: what may be told of a home, and where on the globe it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.travel.grid import Cell, airy_degrees, cell_of, lat_lon

eastings = st.floats(0, 699_999.99)
northings = st.floats(0, 1_299_999.99)


def degrees(whole: int, minutes: int, seconds: float) -> float:
    return whole + minutes / 60 + seconds / 3600


def test_the_worked_example_of_the_ordnance_survey_comes_out() -> None:
    found = airy_degrees(651_409.903, 313_177.270)

    assert found.latitude == pytest.approx(degrees(52, 39, 27.2531), abs=1e-8)
    assert found.longitude == pytest.approx(degrees(1, 43, 4.5177), abs=1e-8)


@pytest.mark.parametrize(
    ("cell", "latitude", "longitude"),
    [
        # Caister water tower of the same example, by the globe's own degrees.
        (Cell(651_410, 313_177), 52.657977, 1.716038),
        (Cell(530_047, 180_422), 51.507745, -0.127800),  # Charing Cross
        (Cell(216_650, 771_250), 56.796580, -5.003570),  # Ben Nevis
    ],
)
def test_known_places_are_found_on_the_globe(cell: Cell, latitude: float, longitude: float) -> None:
    found = lat_lon(cell)

    # A ten-thousandth of a degree is some eleven metres.
    assert found.latitude == pytest.approx(latitude, abs=3e-4)
    assert found.longitude == pytest.approx(longitude, abs=4e-4)


@given(eastings, northings)
def test_a_home_is_told_as_the_middle_of_its_cell_and_no_nearer(
    easting: float, northing: float
) -> None:
    cell = cell_of(easting, northing)

    assert cell is not None
    assert (cell.easting % 100, cell.northing % 100) == (50, 50)
    assert abs(cell.easting - easting) <= 50
    assert abs(cell.northing - northing) <= 50
    assert cell_of(*cell) == cell


@given(eastings, northings, st.floats(0, 99.99), st.floats(0, 99.99))
def test_all_homes_of_a_cell_look_alike(
    easting: float, northing: float, east: float, north: float
) -> None:
    corner = (easting // 100 * 100, northing // 100 * 100)

    assert cell_of(corner[0] + east, corner[1] + north) == cell_of(*corner)


@pytest.mark.parametrize(
    ("easting", "northing"), [(-1, 5), (5, -1), (700_000, 5), (5, 1_300_000), (float("nan"), 5)]
)
def test_what_lies_outside_the_grid_is_told_to_nobody(easting: float, northing: float) -> None:
    assert cell_of(easting, northing) is None
