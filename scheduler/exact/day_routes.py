"""The cheapest routes of a day under given prices, by dynamic programming over whole minutes.

Windows (H2), suitability (H3), availability (H4), the way between two visits (H5) and short gaps
(S6) are exact. A route may still do what a carer may not: come to a visit twice where its window
is wide enough, pass over the day's limit (H7) and over a break (H9), and where a window is wider
than a short gap count a long gap as idle. Each only makes routes cheaper, so the cheapest route
costs no more than the cheapest day of a sound plan.

Carers with the same mode of travel are worked out together, since their ways take equally long.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from scheduler.exact.week_model import available_starts
from scheduler.model import Carer, Problem, Visit
from scheduler.rules import suitability
from scheduler.travel import Travel
from scheduler.units import DAY, Day, Minute, Minutes

Floats: TypeAlias = npt.NDArray[np.float64]
Indices: TypeAlias = npt.NDArray[np.int64]

NEVER: Final = 1e12
"""What a start costs at which the carer cannot make the visit; far above any price."""


@dataclass(frozen=True, slots=True)
class Route:
    """Stops of one carer's day in order; `travel` and `idle` are minutes in its short gaps."""

    carer: Carer
    day: Day
    stops: tuple[tuple[Visit, Minute], ...]
    travel: Minutes
    idle: Minutes
    splits: int

    @property
    def work(self) -> Minutes:
        """Visit minutes and the travel that counts as work."""
        return self.travel + sum(visit.minutes for visit, _ in self.stops)


@dataclass(frozen=True, slots=True)
class Prices:
    """What a route pays: by carer and node, for its first and its last; by carer, for the rest."""

    nodes: Floats
    begins: Floats
    ends: Floats
    travel: Floats
    split: Floats


@dataclass(frozen=True, slots=True)
class _Block:
    """Nodes so near in time that none of them can come after another.

    `before` and `reach` say for each node which visits can come before with a short gap, and where
    the least price of getting there stands; both are padded with a place that holds `NEVER`.
    `split_reach` says the same of splits where some way is longer than a short gap; else it is
    None, and any visit that ended early enough can come before.
    """

    nodes: Indices
    parts: tuple[tuple[int, slice, slice], ...]
    before: Indices
    reach: Indices
    way: Floats
    split_reach: Indices | None
    closing: tuple[int, ...]


class DayRoutes:
    """The routes of one day for carers with one mode of travel.

    A node is a visit at one start, also at those between two of its windows, which are closed to
    everybody. `node_visit`, `node_start` and `node_end` describe them.
    """

    def __init__(
        self,
        problem: Problem,
        carers: Sequence[Carer],
        day: Day,
        visits: Sequence[Visit],
        travel: Travel,
    ) -> None:
        self.carers, self.day = tuple(carers), day
        self.visits = tuple(sorted(visits, key=lambda visit: (visit.first_start, visit.id)))
        self._limit = problem.policy.split_gap_minutes
        self._idle = float(problem.policy.weights.idle)
        mode = carers[0].mode
        places = [problem.client_of[visit.client].place for visit in self.visits]
        # `bound` takes the peaks out of a week, so the departure makes no difference.
        leaving = day * DAY
        self._ways = np.array(
            [[travel.minutes(a, b, mode, leaving) for b in places] for a in places], dtype=np.int64
        )
        widths = [visit.last_start - visit.first_start + 1 for visit in self.visits]
        self._offsets = np.concatenate(([0], np.cumsum(widths))).astype(np.int64)
        self.node_visit = np.repeat(np.arange(len(self.visits)), widths)
        self.node_start = np.concatenate(
            [np.arange(v.first_start, v.last_start + 1) for v in self.visits]
        )
        self._lengths = np.array([visit.minutes for visit in self.visits], dtype=np.int64)
        self.node_end = self.node_start + self._lengths[self.node_visit]
        self.closed = np.stack([self._closed(problem, carer) for carer in self.carers])
        self._blocks = list(self._make_blocks())
        # The least prices of leaving by a start and from a start on, those of having left by a
        # start for good, and the place for "nothing".
        self._least = np.empty((len(self.carers), 3 * len(self.node_start) + 1))

    def _closed(self, problem: Problem, carer: Carer) -> Floats:
        closed = np.full(len(self.node_start), NEVER)
        for index, visit in enumerate(self.visits):
            if any(suitability.misfits(carer, visit, problem.client_of[visit.client])):
                continue
            base = self._offsets[index] - visit.first_start
            for first, last in available_starts(carer, visit):
                closed[base + first : base + last + 1] = 0.0
        return closed

    def _make_blocks(self) -> Sequence[_Block]:
        length = int(self._lengths.min())
        first = min(visit.first_start for visit in self.visits)
        last = max(visit.last_start for visit in self.visits)
        return [self._block(since, since + length) for since in range(first, last + 1, length)]

    def _block(self, since: Minute, until: Minute) -> _Block:
        """Return the nodes that start from `since`, before `until`."""
        parts, nodes, count = [], [], 0
        for index, visit in enumerate(self.visits):
            low, high = max(since, visit.first_start), min(until - 1, visit.last_start)
            if low > high:
                continue
            base = int(self._offsets[index]) - visit.first_start
            parts.append(
                (index, slice(count, count + high - low + 1), slice(base + low, base + high + 1))
            )
            nodes.append(np.arange(base + low, base + high + 1))
            count += high - low + 1
        here = np.concatenate(nodes) if nodes else np.empty(0, dtype=np.int64)
        before, reach, way = self._reach(here)
        closing = tuple(i for i, v in enumerate(self.visits) if since <= v.last_start < until)
        return _Block(here, tuple(parts), before, reach, way, self._split_reach(here), closing)

    def _reach(self, nodes: Indices) -> tuple[Indices, Indices, Floats]:
        count, total = len(self.visits), len(self.node_start)
        nothing = 3 * total
        starts = self.node_start[nodes][:, None]
        ways = self._ways[:, self.node_visit[nodes]].T
        earliest = np.array([visit.first_start for visit in self.visits])
        latest = np.array([visit.last_start for visit in self.visits])
        high = starts - self._lengths - ways
        low = starts - self._lengths - self._limit
        same = self.node_visit[nodes][:, None] == np.arange(count)
        is_possible = (high >= earliest) & (low <= latest) & (high >= low) & ~same
        base = self._offsets[:-1] - earliest
        upto = base + np.minimum(high, latest)
        since = total + base + np.maximum(low, earliest)
        reach = np.where((high >= latest) & (low > earliest), since, upto)
        reach = np.where(is_possible, reach, nothing)
        # Only as many columns as the busiest node has ways to it.
        order = np.argsort(~is_possible, axis=1, kind="stable")
        most = int(is_possible.sum(axis=1).max(initial=0))
        order = order[:, :most]
        rows = np.arange(len(nodes))[:, None]
        return order, reach[rows, order], ways[rows, order].astype(float)

    def _split_reach(self, nodes: Indices) -> Indices | None:
        if not len(nodes) or self._ways.max() <= self._limit:
            return None
        total = len(self.node_start)
        ways = self._ways[:, self.node_visit[nodes]].T
        earliest = np.array([visit.first_start for visit in self.visits])
        latest = np.array([visit.last_start for visit in self.visits])
        gaps = np.maximum(ways, self._limit + 1)
        high = self.node_start[nodes][:, None] - self._lengths - gaps
        same = self.node_visit[nodes][:, None] == np.arange(len(self.visits))
        upto = 2 * total + self._offsets[:-1] - earliest + np.minimum(high, latest)
        return np.where((high >= earliest) & ~same, upto, 3 * total)

    def cheapest(self, prices: Prices, fixed: Floats, most: int) -> tuple[Floats, list[Route]]:
        """Return the price of each carer's cheapest route, and some cheap routes of each.

        A free day is no route. A route is cheap below the price `fixed` of its carer.
        """
        labels = self._labels(prices)
        whole = labels + prices.ends
        least = whole.min(axis=1)
        routes: list[Route] = []
        for row in range(len(self.carers)):
            ends = np.minimum.reduceat(whole[row], self._offsets[:-1])
            for visit in np.argsort(ends)[:most]:
                if ends[visit] >= fixed[row]:
                    break
                span = slice(self._offsets[visit], self._offsets[visit + 1])
                node = int(self._offsets[visit] + whole[row, span].argmin())
                routes.append(self._route(row, node, labels[row], prices))
        return least, routes

    def _labels(self, prices: Prices) -> Floats:
        """Return, by carer and node, the price of the cheapest route that ends there."""
        carers, total = len(self.carers), len(self.node_start)
        labels = np.full((carers, total), NEVER)
        least = self._least
        least.fill(NEVER)
        midnight = self.day * DAY
        ended = np.full((carers, 2 * DAY), NEVER)
        known = 0
        waits = self._idle * (self.node_start - midnight)
        for block in self._blocks:
            if not len(block.nodes):
                continue
            starts = self.node_start[block.nodes] - midnight
            # What a route costs that has ended by a minute, for all minutes of this block.
            reached = int(starts.max()) + 1
            if reached > known:
                begin = max(0, known - 1)
                window = ended[:, begin:reached]
                np.minimum.accumulate(window, axis=1, out=window)
                known = reached
            best = prices.begins[:, block.nodes]
            if block.before.shape[1]:
                fixed = -self._idle * (self._lengths[block.before] + block.way)
                way = prices.travel[:, None, None] * block.way
                legs = least[:, block.reach] + fixed + way
                best = np.minimum(best, legs.min(axis=2) + waits[block.nodes])
            best = np.minimum(best, self._after_split(block, starts, ended) + prices.split[:, None])
            here = best + prices.nodes[:, block.nodes]
            here = np.where(self.closed[:, block.nodes] > 0, NEVER, here)
            labels[:, block.nodes] = here
            self._keep(block, here, waits, ended, midnight)
        return labels

    def _after_split(self, block: _Block, starts: Indices, ended: Floats) -> Floats:
        """Return the least price of what can come before each node of a block with a split."""
        if block.split_reach is not None:
            found: Floats = self._least[:, block.split_reach].min(axis=2)
            return found
        split_from = starts - self._limit - 1
        return np.where(split_from >= 0, ended[:, np.maximum(split_from, 0)], NEVER)

    def _keep(
        self, block: _Block, here: Floats, waits: Floats, ended: Floats, midnight: Minute
    ) -> None:
        """Enter the labels of a block into the running minima that later blocks look up."""
        least, total = self._least, len(self.node_start)
        open_at = np.where(here >= NEVER, NEVER, here - waits[block.nodes])
        for index, there, place in block.parts:
            least[:, place] = np.minimum.accumulate(open_at[:, there], axis=1)
            if place.start > self._offsets[index]:
                before = least[:, place.start - 1][:, None]
                least[:, place] = np.minimum(least[:, place], before)
            least[:, total + place.start : total + place.stop] = open_at[:, there]
            gone = slice(2 * total + place.start, 2 * total + place.stop)
            least[:, gone] = np.minimum.accumulate(here[:, there], axis=1)
            if place.start > self._offsets[index]:
                before = least[:, gone.start - 1][:, None]
                least[:, gone] = np.minimum(least[:, gone], before)
            ends = slice(
                int(self.node_end[place.start]) - midnight,
                int(self.node_end[place.stop - 1]) - midnight + 1,
            )
            ended[:, ends] = np.minimum(ended[:, ends], here[:, there])
        for index in block.closing:
            span = slice(total + self._offsets[index], total + self._offsets[index + 1])
            least[:, span] = np.minimum.accumulate(least[:, span][:, ::-1], axis=1)[:, ::-1]

    def _route(self, row: int, node: int, labels: Floats, prices: Prices) -> Route:
        """Follow a label back to its beginning; every leg is judged anew, so the route is real."""
        nodes = [node]
        travel = idle = splits = 0
        while True:
            visit, start = self.node_visit[node], self.node_start[node]
            ways = self._ways[self.node_visit, visit]
            gaps = start - self.node_end
            is_short = (gaps >= ways) & (gaps <= self._limit)
            is_split = gaps > np.maximum(self._limit, ways - 1)
            legs = np.where(is_short, prices.travel[row] * ways + self._idle * (gaps - ways), NEVER)
            legs = np.where(is_split, prices.split[row], legs)
            legs = np.where(self.node_visit == visit, NEVER, legs + labels)
            before = int(legs.argmin())
            if legs[before] >= prices.begins[row, node] or len(nodes) > len(self.visits):
                break
            if is_split[before]:
                splits += 1
            else:
                travel += int(ways[before])
                idle += int(gaps[before] - ways[before])
            node = before
            nodes.append(node)
        stops = tuple(
            (self.visits[self.node_visit[n]], int(self.node_start[n])) for n in reversed(nodes)
        )
        return Route(self.carers[row], self.day, stops, travel, idle, splits)
