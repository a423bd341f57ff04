// A complete rota and its exact cost, kept up to date visit by visit.
#pragma once

#include <cassert>
#include <span>

#include "day_route.hpp"

namespace rota {

struct VisitState {
  std::int32_t start = 0;
  std::int32_t carer[2] = {kNone, kNone};

  int given() const { return (carer[0] >= 0) + (carer[1] >= 0); }
};

struct CarerWeek {
  std::int32_t work = 0, days = 0, splits = 0;
  Points pain = 0, cost = 0;  // cost: everything of this carer's but the offers' points
  // What daily rest leaves of each day, given the days around it.
  std::int32_t soonest[kDays] = {}, farthest[kDays] = {};
};

// What a carer's week may hold: the rules' limits, or a worker's share of them.
struct Limits {
  std::int32_t max_week, max_days;
  std::int32_t from[kDays], to[kDays];  // bounds of each day's work
  bool is_closed = false;               // nothing of this carer's may change
  int shut = 0;                         // by bit: free days that must stay free
};

class Week {
 public:
  explicit Week(const Problem& problem)
      : problem(problem),
        routes_(static_cast<std::size_t>(problem.carers) * kDays),
        carers_(problem.carers),
        limits_(problem.carers),
        longest_(static_cast<std::size_t>(problem.carers) * kDays),
        visits_(problem.visits),
        pinned_(problem.visits, 0),
        pairs_(static_cast<std::size_t>(problem.clients) * problem.carers),
        different_(problem.clients) {
    for (int v = 0; v < problem.visits; ++v) total_ += problem.unassigned[v];
    for (int c = 0; c < problem.carers; ++c) {
      limits_[c] = {problem.max_week[c], problem.max_days[c], {}, {}, false, 0};
      for (int d = 0; d < kDays; ++d) limits_[c].from[d] = d * kDay, limits_[c].to[d] = (d + 1) * kDay;
      refresh_carer(c);
    }
  }

  const Problem& problem;

  Points total() const { return total_; }
  const DayRoute& route(int carer, int day) const { return routes_[carer * kDays + day]; }
  const CarerWeek& carer(int c) const { return carers_[c]; }
  const Limits& limits(int c) const { return limits_[c]; }
  // By carer: no visit longer than this can be added on the day.
  const std::int16_t* longest(int day) const { return &longest_[day * problem.carers]; }
  const VisitState& visit(int v) const { return visits_[v]; }
  // Visits of the week that this carer makes to the client; carers that the client sees.
  int visits_to(int client, int carer) const { return pairs_[pair(client, carer)]; }
  int different_carers(int client) const { return different_[client]; }

  // The starts that `after` leaves to a visit, given where the visits around it are now.
  int after_from(int v) const;
  int after_to(int v) const;

  // Give a visit (or its second half) to a carer, before the stop now at `position`.
  void give(int v, const Offer& offer, int position, int start);
  // Take one carer off a visit; with the last one the visit is open again.
  void take(int v, int carer) { take_all(std::span(&v, 1), carer); }
  // The same for several visits of one day; what follows from it is worked out once.
  void take_all(std::span<const int> visits, int carer);
  // Move starts of a carer's day; `starts` has one entry per stop, order stays.
  void shift_day(int carer, int day, const std::int32_t* starts);
  // Move one visit for everybody on it.
  void shift_visit(int v, int start);

  void limit(int c, const Limits& limits);
  // Visits marked here keep their start when neighbours would have them give way.
  void pin(std::vector<std::uint8_t> pinned);

  bool weekly_rest_holds(int carer, int day, int first_start, int last_end) const;
  bool needs_weekly_rest_check(int carer) const {
    // A free calendar day always holds a weekly rest of up to 24 hours, unless the clocks change.
    return problem.weekly_rest[carer] > kDay || problem.max_days[carer] >= kDays || problem.clock_minute >= 0;
  }

  // Undo: everything since `remember()` can be taken back in one step.
  void remember();
  void take_back();

  // The pain that the week would have with these changes is priced by the caller.
  Points pain_points(Points pain) const { return pain + fairness_of(pain, problem.fairness); }

 private:
  struct SavedRoute {
    std::int32_t index;
    DayRoute route;
  };
  struct SavedVisit {
    std::int32_t visit;
    VisitState state;
  };
  struct SavedCarer {
    std::int32_t carer;
    CarerWeek week;
  };

  std::size_t pair(int client, int carer) const {
    return static_cast<std::size_t>(client) * problem.carers + carer;
  }
  void save_route(int index);
  void save_visit(int v);
  void save_carer(int c);
  void count_pair(int client, int carer, int change);
  void refresh_carer(int c);
  void refresh_hours(int c);
  bool may_begin_day(int c, int day) const;
  void refresh_room(int c, int day);
  void refresh_linked(int v);
  void changed_day(int c, int day);
  Points wish_pain(int c) const;

  std::vector<DayRoute> routes_;
  std::vector<CarerWeek> carers_;
  std::vector<Limits> limits_;
  std::vector<std::int16_t> longest_;  // by day, then by carer
  std::vector<VisitState> visits_;
  std::vector<std::uint8_t> pinned_;
  std::vector<std::int16_t> pairs_;
  std::vector<std::int32_t> different_;
  Points total_ = 0;

  std::vector<SavedRoute> saved_routes_;
  std::size_t saved_route_count_ = 0;
  std::vector<SavedVisit> saved_visits_;
  std::vector<SavedCarer> saved_carers_;
  std::vector<std::pair<std::int32_t, std::int16_t>> saved_pairs_;  // pair index, change
  std::vector<std::uint32_t> route_stamp_, visit_stamp_, carer_stamp_;
  std::uint32_t stamp_ = 0;
  Points saved_total_ = 0;
};

}  // namespace rota

#include "week_changes.hpp"
#include "week_undo.hpp"
