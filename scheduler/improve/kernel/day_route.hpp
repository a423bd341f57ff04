// One carer's visits of one day in time order, with what makes constant-time checks possible.
#pragma once

#include "problem.hpp"

namespace rota {

struct Stop {
  std::int32_t visit, place;
  std::int32_t start, end;
  std::int32_t from, to;          // possible starts with this carer, whatever else is on the day
  std::int32_t points;            // of the offer: unfamiliar, published
  // How far the start could go if everybody before (after) gave way; fixed for double-ups.
  std::int32_t soonest, farthest;
  // The stretch without a break that this visit belongs to: its first start and last end.
  std::int32_t stretch_start, stretch_end;
};

// A gap between two visits: minutes that count as travel or as idle, or a split; and how often it is
// beyond what members voted.
struct Gap {
  int travel = 0, idle = 0, splits = 0, over = 0;
};

inline Gap gap_between(const Problem& problem, int gap, int minutes) {
  if (gap > problem.split_gap) return {0, 0, 1, 0};
  const int idle = gap - minutes;
  return {minutes, idle, 0, (idle > problem.max_idle) + (minutes > problem.max_journey)};
}

inline Gap operator+(Gap a, Gap b) { return {a.travel + b.travel, a.idle + b.idle, a.splits + b.splits, a.over + b.over}; }
inline Gap operator-(Gap a, Gap b) { return {a.travel - b.travel, a.idle - b.idle, a.splits - b.splits, a.over - b.over}; }

inline Points gap_points(const Problem& problem, const Gap& gap) {
  return problem.travel * gap.travel + problem.idle * gap.idle + problem.split * gap.splits +
         problem.over_vote * gap.over;
}

struct DayRoute {
  // A day of the legal length holds fewer visits than this, even the shortest side by side.
  static constexpr int kCapacity = 56;

  std::int32_t count = 0;
  std::int32_t contact = 0;   // visit minutes
  Gap gaps;                   // summed over the day
  Points avoid = 0;           // pain of windows that the carer wishes to avoid
  Points offer_points = 0;
  Stop stops[kCapacity];

  int work() const { return contact + gaps.travel; }
  int first_start() const { return stops[0].start; }
  int last_end() const { return stops[count - 1].end; }
  int find(int visit) const {
    int position = 0;
    while (stops[position].visit != visit) ++position;
    return position;
  }

  // Copies what is in use; the rest of the fixed room is left alone.
  void copy_from(const DayRoute& other) {
    count = other.count, contact = other.contact, gaps = other.gaps;
    avoid = other.avoid, offer_points = other.offer_points;
    std::copy(other.stops, other.stops + other.count, stops);
  }

  // Recompute sums and stretches after stops or starts have changed.
  void add_up(const Problem& problem, int carer) {
    contact = 0, gaps = {}, avoid = 0, offer_points = 0;
    const int break_minutes = problem.break_minutes[carer];
    const bool avoids = problem.avoid_begin[carer] < problem.avoid_begin[carer + 1];
    for (int i = 0; i < count; ++i) {
      Stop& stop = stops[i];
      contact += stop.end - stop.start;
      offer_points += stop.points;
      if (avoids) avoid += problem.avoid_window_points(carer, stop.start, stop.end);
      stop.stretch_start = stop.start;
      if (i == 0) continue;
      const Stop& before = stops[i - 1];
      const int gap = stop.start - before.end;
      const int minutes = problem.travel_from(carer, before.place)[stop.place];
      gaps = gaps + gap_between(problem, gap, minutes);
      if (gap - minutes < break_minutes) stop.stretch_start = before.stretch_start;
    }
    for (int i = count - 1; i >= 0; --i) {
      const bool goes_on = i + 1 < count && stops[i + 1].stretch_start == stops[i].stretch_start;
      stops[i].stretch_end = goes_on ? stops[i + 1].stretch_end : stops[i].end;
    }
  }
};

}  // namespace rota
